using ZfDecl.Cli;
using ZfDecl.Cli.Configuration;
using ZfDecl.Cli.Loading;

// Before anything of the library is touched, which may lie beside the networks alone.
var option = OptionNames.Networks + "=";
var named = args.FirstOrDefault(argument => argument.StartsWith(option, StringComparison.Ordinal)) is { } given ? Path.GetFullPath(given[option.Length..]) : null;
if (File.Exists(named))
    UserDependencies.Follow(named);
return Start.Run(named, args);
