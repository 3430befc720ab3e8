namespace ZfDecl.Interchange.Declared;

/// <summary>A network on its way to a spec: its layers in order, each reached from the last.</summary>
internal sealed class DraftNetwork
{
    private readonly List<DraftLayer> layers;

    /// <param name="image">The shape of an image.</param>
    /// <param name="layers">Layers in order; those that the end does not hang on are left out.</param>
    /// <param name="end">The layer that ends it.</param>
    public DraftNetwork(DraftShape image, IEnumerable<DraftLayer> layers, DraftLayer end)
    {
        (Image, this.layers, End) = (image, [.. layers], end);
        DropUnread();
    }

    /// <summary>The shape of an image.</summary>
    public DraftShape Image { get; }

    public IReadOnlyList<DraftLayer> Layers => layers;

    public DraftLayer End { get; private set; }

    public IReadOnlyList<DraftLayer> ReadersOf(DraftLayer layer) => [.. layers.Where(reader => reader.Inputs.Contains(layer))];

    /// <summary>Whether a layer goes into another one, once, and nowhere else.</summary>
    public bool IsReadOnlyBy(DraftLayer layer, DraftLayer reader) => layer != End && ReadersOf(layer) is [var only] && only == reader && reader.Inputs.Count(input => input == layer) == 1;

    /// <summary>Puts a layer in the place of another one.</summary>
    public void Replace(DraftLayer old, DraftLayer @new)
    {
        Redirect(old, @new);
        layers[layers.IndexOf(old)] = @new;
        DropUnread();
    }

    /// <summary>Has every reader of a layer read another one, or the image, which stands before.</summary>
    public void Bypass(DraftLayer old, DraftLayer? before)
    {
        if (old == End && before is null)
            return;
        Redirect(old, before);
        DropUnread();
    }

    private void Redirect(DraftLayer old, DraftLayer? other)
    {
        foreach (var reader in layers)
            for (var i = 0; i < reader.Inputs.Count; i++)
                reader.Inputs[i] = reader.Inputs[i] == old ? other : reader.Inputs[i];
        if (End == old)
            End = other!;
    }

    private void DropUnread()
    {
        var (reached, left) = (new HashSet<DraftLayer> { End }, new Stack<DraftLayer>([End]));
        while (left.TryPop(out var layer))
            foreach (var input in layer.Inputs)
                if (input is not null && reached.Add(input))
                    left.Push(input);
        layers.RemoveAll(layer => !reached.Contains(layer));
    }
}
