using ZfDecl.Networks;
using ZfDecl.Networks.Recipes;

namespace ZfDecl.Tests.Host;

/// <summary>Declarations without layers, for tests that never make the network.</summary>
internal static class DeclaredForTests
{
    public static NetworkEntry Network(string name, string specFile) => new(
        new NetworkInfo
        {
            Name = name,
            Summary = $"The network {name}.",
            SpecFile = specFile,
            SpecHash = "",
            ResolvedSpec = "",
            Input = new FeatureShape(1, 28, 28),
            Classes = 10,
            Layers = [],
            Recipe = new Recipe
            {
                Train = new TrainingRecipe
                {
                    Batch = 128,
                    Epochs = 1,
                    LearningRate = 0.1,
                    Momentum = 0.9,
                    WeightDecay = 0,
                    Anneal = Annealing.Constant,
                    WarmUp = 0,
                    FilterRms = null,
                    InitialStd = null,
                },
                Preprocess = new PreprocessRecipe { Resize = null, Subtract = Subtraction.None, Divide = null, Augment = Augmentation.None, Shift = 0 },
                Visualize = new VisualizeRecipe { Layers = [], Top = 9 },
                Data = null,
                Written = [],
            },
        },
        _ => throw new InvalidOperationException("no test makes this network"));
}
