using System.Text;
using ZfDecl.Cli;
using ZfDecl.Explore;
using ZfDecl.Models;
using ZfDecl.Networks.Kernels;

NativeHeap.KeepFreedMemory();
// Who reads it reads UTF-8, whatever the locale or code page of the terminal is.
if (Console.IsOutputRedirected)
    Console.SetOut(Utf8(Console.OpenStandardOutput()));
if (Console.IsErrorRedirected)
    Console.SetError(Utf8(Console.OpenStandardError()));
return new Host(DeclaredNetworks.All, Console.Out, Console.Error, DeclaredNetworks.LeftOut) { Programs = ExploreCommand.Program }.Run(args);

static StreamWriter Utf8(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
