using ZfDecl.Interchange.Tensors;

namespace ZfDecl.Interchange.Weights;

/// <summary>The weights among what a program of PyTorch has saved: <c>state_dict()</c> itself, or a dictionary that holds it beside an optimiser's state, numbers and texts.</summary>
internal static class StateDict
{
    private const int Deepest = 16, MostObjects = 1_000_000;

    /// <summary>Keys that others save beside the weights, and that hold tensors too.</summary>
    private static readonly string[] Others = ["optimizer", "optimiser", "optim", "scheduler", "lr_scheduler", "scaler", "ema", "model_ema", "state_dict_ema"];

    /// <summary>The tensors of the dictionary that has the most of them, by name; of what is not the weights themselves only where nothing else has any.</summary>
    /// <exception cref="InvalidDataException">There are none.</exception>
    public static IReadOnlyList<NamedTensor> Of(object? saved)
    {
        var (found, visited) = (new List<List<NamedTensor>>(), 0);
        Collect(saved, 0, Others);
        if (found.Count == 0)
            Collect(saved, 0, []);
        return found.MaxBy(tensors => tensors.Count) ?? throw new InvalidDataException("it holds no dictionary of tensors");

        void Collect(object? value, int depth, string[] aside)
        {
            if (depth > Deepest || ++visited > MostObjects)
                throw new InvalidDataException("what it holds lies too deep, or in a circle");
            if (value is not OrderedDictionary<string, object?> entries)
                return;
            var own = entries.Where(entry => entry.Value is TensorSource).Select(entry => new NamedTensor(entry.Key, (TensorSource)entry.Value!)).ToList();
            if (own.Count > 0)
                found.Add(own);
            foreach (var (key, inner) in entries)
                if (!aside.Contains(key, StringComparer.OrdinalIgnoreCase))
                    Collect(inner, depth + 1, aside);
        }
    }
}
