using ZfDecl.Cli;
using ZfDecl.Models;

return new Host(DeclaredNetworks.All, Console.Out, Console.Error).Run(args);
