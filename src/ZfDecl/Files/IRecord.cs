namespace ZfDecl.Files;

/// <summary>A record of a run: the content of a JSON file, which carries the number of its format as <c>format</c>.</summary>
internal interface IRecord
{
    /// <summary>What kind of record it is.</summary>
    static abstract RecordKind Kind { get; }

    /// <summary>What is wrong with it although each member is of the right type: values out of range, what is there twice, what contradicts itself. A sentence without its dot each, which names the member.</summary>
    IEnumerable<string> Problems();
}
