using ZfDecl.Cli;
using ZfDecl.Models;
using ZfDecl.Networks.Kernels;

NativeHeap.KeepFreedMemory();
return new Host(DeclaredNetworks.All, Console.Out, Console.Error).Run(args);
