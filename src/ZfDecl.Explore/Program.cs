using System.Runtime.CompilerServices;
using ZfDecl.Cli;
using ZfDecl.Cli.Loading;
using ZfDecl.Explore;

// Before anything of the library is touched, which may lie beside the networks alone.
var named = UserDependencies.FollowNamed(args);
return Run(named, args);

[MethodImpl(MethodImplOptions.NoInlining)]
static int Run(string? named, string[] args) => Start.Run(named, args, ExploreCommand.Program);
