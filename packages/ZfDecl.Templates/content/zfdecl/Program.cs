// Says what pictures show, and draws what excites the network in the first of them: dotnet run -- shirt.png shoe.jpg
// Without pictures it takes the first ten of those that the network was validated by.
using ZfDecl.Analyses;
using ZfDecl.Data.Layouts;
using ZfDecl.Messages;

try
{
    // A published program has the trained network beside it; in the project it lies where the training has left it.
    var published = Path.Combine(AppContext.BaseDirectory, "model");
    var run = Directory.Exists(published) ? published : "artifacts/NetworkName/default";
    if (!Directory.Exists(run))
    {
        Console.Error.WriteLine($"{Path.GetFullPath(run)}: there is no trained network yet; dotnet build -t:Train makes one in a minute");
        return 1;
    }
    var entry = Networks.DeclaredNetworks.All.Single(network => network.Info.Name == nameof(Networks.NetworkName));
    using var net = TrainedNetwork.Open(run, entry);

    var preprocess = entry.Info.Recipe.Preprocess;
    using var data = args.Length > 0 ? null : ImageFolder.Open(entry.Info.Recipe.Data ?? "fashion-mnist", new(entry.Info.Input, preprocess, seed: 0, new SilentLog()));
    var images = data?.Validation ?? net.Pictures(args);
    foreach (var prediction in net.Predict(images).Take(args.Length > 0 ? args.Length : 10))
        Console.WriteLine($"{prediction.Name}: {net.Classes[prediction.Strongest[0].Index]} ({prediction.Strongest[0].Value:P1})");

    var projection = net.Project(images, 0, Networks.NetworkName.Layers.Conv3.Name, "projection.png");
    Console.WriteLine($"projection.png: what excites map {projection.Unit!.Value.Map} of {projection.Layer.Name} most in {images.NameOf(0)}");
    return 0;
}
catch (ZfDeclException error)
{
    Console.Error.WriteLine($"{error.Code}: {error.Message}{(error.File is null ? "" : $" ({error.File})")}");
    return 1;
}
