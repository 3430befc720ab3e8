using ZfDecl.Cli;
using ZfDecl.Cli.Loading;

// Before anything of the library is touched, which may lie beside the networks alone.
var named = UserDependencies.FollowNamed(args);
return Start.Run(named, args);
