namespace ZfDecl.Cli.Commands;

internal static class EvolveCommand
{
    public static int Run(RunContext context) => throw new NotSupportedException(context.Root);
}
