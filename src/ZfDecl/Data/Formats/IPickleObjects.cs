namespace ZfDecl.Data.Formats;

/// <summary>Objects of a pickle besides plain data. They are understood by their names; nothing is looked up or run.</summary>
internal interface IPickleObjects
{
    /// <summary>What a call makes.</summary>
    /// <param name="name">What is called, with its module.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="made">What it makes.</param>
    /// <returns>Whether it is one of those that are understood.</returns>
    /// <exception cref="InvalidDataException">The arguments cannot be.</exception>
    bool TryMake(string name, object?[] arguments, out object? made);

    /// <summary>What stands for an object that lies outside of the pickle.</summary>
    /// <exception cref="InvalidDataException">It is of no kind that is understood.</exception>
    object? Stored(object? id);
}
