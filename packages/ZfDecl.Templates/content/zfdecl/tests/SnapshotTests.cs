using System.Runtime.CompilerServices;
using TorchSharp;
using Xunit;
using ZfDecl.Analyses.Project;
using ZfDecl.Imaging;
using ZfDecl.Networks;

/// <summary>What the network shows of an image before any training, as an approved picture: it changes when the network, or what projects it, does.</summary>
public class SnapshotTests
{
    private static readonly FeatureShape Input = Networks.NetworkName.Declaration.Input;

    [Fact]
    public void TheProjectionOfTheLastConvolutionIsTheApprovedOne()
    {
        torch.random.manual_seed(1);
        using var net = new Networks.NetworkName();
        net.eval();
        var pixels = Disc();
        using var input = torch.tensor(Array.ConvertAll(pixels, pixel => pixel / 255f), [1, Input.Maps, Input.Height, Input.Width]);
        var projection = ImageProjection.OfUnit(net, input, Networks.NetworkName.Layers.Conv3, map: 5, at: null, new());
        Approve(ProjectionPicture.ToPng("NetworkName, untrained", ["conv3, map 5: a disc, and its projection"], Input, pixels, projection.Shown(Input), new(0, 0, Input.Height, Input.Width)));
    }

    /// <summary>A bright disc on a dark ground, [C, H, W].</summary>
    private static byte[] Disc() =>
        [.. from map in Enumerable.Range(0, Input.Maps) from y in Enumerable.Range(0, Input.Height) from x in Enumerable.Range(0, Input.Width)
            select (byte)(double.Hypot(2.0 * y / Input.Height - 1, 2.0 * x / Input.Width - 1) < 0.6 ? 230 : 20)];

    /// <summary>Compares with <c>SnapshotTests.verified.png</c>; where that is missing or differs, what was received lies beside it: look at it, and rename it to approve it.</summary>
    private static void Approve(byte[] picture, [CallerFilePath] string file = "")
    {
        var (approved, received) = (Path.ChangeExtension(file, ".verified.png"), Path.ChangeExtension(file, ".received.png"));
        var found = File.Exists(approved) ? PictureComparison.Compare(File.ReadAllBytes(approved), picture) : null;
        if (found is { IsAccepted: true })
            return;
        File.WriteAllBytes(received, picture);
        Assert.Fail($"{found?.Finding ?? "no picture is approved yet"}; look at {received}, and rename it to {Path.GetFileName(approved)} to approve it");
    }
}
