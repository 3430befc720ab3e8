using ZfDecl.Cli;
using ZfDecl.Models;
using ZfDecl.Networks;

NativeHeap.KeepFreedMemory();
return new Host(DeclaredNetworks.All, Console.Out, Console.Error).Run(args);
