namespace ZfDecl.Cli.Commands;

internal static class CorrespondCommand
{
    public static int Run(RunContext context) => throw new NotSupportedException(context.Root);
}
