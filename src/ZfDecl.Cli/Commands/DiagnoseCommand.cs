namespace ZfDecl.Cli.Commands;

internal static class DiagnoseCommand
{
    public static int Run(RunContext context) => throw new NotSupportedException(context.Root);
}
