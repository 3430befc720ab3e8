using ZfDecl.Distributed.Mpi;

namespace ZfDecl.Tests.Distributed;

public class StartedTasksTests
{
    [Theory]
    [InlineData("", null, 0, null)]
    [InlineData("OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_RANK=2 SLURM_NTASKS=8 SLURM_PROCID=0", 4, 2, true)]
    [InlineData("PMI_SIZE=3 PMI_RANK=1", 3, 1, false)]
    [InlineData("SLURM_NTASKS=8 SLURM_STEP_NUM_TASKS=2 SLURM_PROCID=1", 2, 1, null)]
    [InlineData("SLURM_NTASKS=8 SLURM_PROCID=5 PMIX_RANK=5", 8, 5, true)]
    [InlineData("SLURM_NTASKS=many", null, 0, null)]
    public void TheEnvironmentSaysHowManyWereStartedAndByWhat(string environment, int? count, int number, bool? isOpenMpi)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        var tasks = StartedTasks.Of(name => variables.GetValueOrDefault(name));
        Assert.Equal((count, number, isOpenMpi), (tasks.Count, tasks.Number, tasks.IsOpenMpi));
    }
}
