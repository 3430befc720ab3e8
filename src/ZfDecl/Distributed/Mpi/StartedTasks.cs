using System.Globalization;

namespace ZfDecl.Distributed.Mpi;

/// <summary>What the environment says of who has started this process, and with how many others.</summary>
/// <param name="Count">How many tasks were started; null where nothing says so.</param>
/// <param name="Number">The number of this one; 0 where nothing says so.</param>
/// <param name="IsOpenMpi">Whether Open MPI's launcher, or PMIx, which it needs, has started it; false for MPICH's or PMI; null where nothing says so.</param>
/// <param name="Variable">The variable that says how many.</param>
internal sealed record StartedTasks(int? Count, int Number, bool? IsOpenMpi, string Variable)
{
    // The most exact first: a batch script has Slurm's variables too, whatever is started in it.
    private static readonly string[] Counts = ["OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS", "SLURM_NTASKS"];
    private static readonly string[] Numbers = ["OMPI_COMM_WORLD_RANK", "PMIX_RANK", "PMI_RANK", "SLURM_PROCID"];

    /// <summary>Reads the environment.</summary>
    /// <param name="variable">The value of a variable; null where it is not set.</param>
    internal static StartedTasks Of(Func<string, string?> variable)
    {
        var count = Counts.Select(name => (name, value: Number(name))).FirstOrDefault(pair => pair.value is not null);
        return new(
            count.value,
            Numbers.Select(Number).FirstOrDefault(value => value is not null) ?? 0,
            Has("OMPI_COMM_WORLD_SIZE") || Has("PMIX_RANK") ? true : Has("PMI_RANK") || Has("PMI_SIZE") ? false : null,
            count.name ?? "");

        int? Number(string name) => int.TryParse(variable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

        bool Has(string name) => variable(name) is { Length: > 0 };
    }
}
