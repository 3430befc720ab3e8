using ZfDecl.Cli;

// The networks of the generated registry, ZfDecl.Models.DeclaredNetworks.All.
return new Host([], Console.Out, Console.Error).Run(args);
