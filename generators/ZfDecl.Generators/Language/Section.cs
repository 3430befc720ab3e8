namespace ZfDecl.Generators.Language;

/// <summary>A part of the recipe: a mapping of a spec that becomes a record of the runtime.</summary>
/// <param name="Word">Its key in a spec.</param>
/// <param name="Type">The runtime's record; the keys are its properties.</param>
/// <param name="Summary">One sentence, for hover texts and the documentation.</param>
/// <param name="Keys">What may be written in it.</param>
internal sealed record Section(string Word, string Type, string Summary, IReadOnlyList<Key> Keys);
