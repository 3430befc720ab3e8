using ZfDecl.Cli.Studies;
using ZfDecl.Models;

namespace ZfDecl.Tests.Host;

public class StudyDiskTests
{
    [Fact]
    public void TheRoomOfAStudyIsThatOfTheWeightsThatItsRunsKeepAndOfTheCheckpointsOfThoseUnderWay()
    {
        StudyJob[] jobs = [Job("Fashion", epochs: 1), Job("FashionZf", epochs: 10)];
        var (small, large) = (4.0 * jobs[0].Network.Parameters, 4.0 * jobs[1].Network.Parameters);
        var larger = Math.Max(small, large);

        // weights.safetensors and those after epoch 1; weights.safetensors and those after epochs 1, 2, 5 and 10
        Assert.Equal((2 * small + 5 * large, 9 * larger), StudyDisk.Bytes(jobs, processes: 1));
        Assert.Equal(9 * (small + large), StudyDisk.Bytes(jobs, processes: 4).Meanwhile);
    }

    private static StudyJob Job(string network, int epochs) =>
        new(new(network, DeclaredNetworks.All.Single(entry => entry.Info.Name == network), new Dictionary<string, string>()), 1, network, new Dictionary<string, string> { ["epochs"] = $"{epochs}" });
}
