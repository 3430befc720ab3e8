using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Studies.Comparison;

/// <summary>
/// The folder of a study: <c>study.json</c> says what was run, <c>rows.json</c> holds what is finished. It is this process's alone until disposed, and every
/// file in it is written whole or not at all: a study may be killed at any time and goes on with the rows that are left.
/// </summary>
/// <typeparam name="TRow">What a finished row is kept as.</typeparam>
internal sealed class StudyDirectory<TRow> : IDisposable where TRow : class
{
    private const string RowsName = "rows.json";

    private readonly FileLock exclusive;
    private readonly Dictionary<string, TRow> rows;
    private StudyRecord record;

    /// <summary>The folder, as a full path.</summary>
    public string Path { get; }

    /// <summary>Opens the folder of a study, new or to go on with.</summary>
    /// <param name="path">The folder. Its name decides which study it is: one with other settings must have another.</param>
    /// <param name="begun">What is run. A study that goes on keeps the time of its beginning.</param>
    /// <param name="log">Is warned of what another machine was writing there.</param>
    /// <exception cref="ZfDeclException">ZF1205: another process has the study; ZF1204: the folder cannot be written; ZF1423: a file of it is damaged.</exception>
    public StudyDirectory(string path, StudyRecord begun, IRunLog log)
    {
        Path = System.IO.Path.GetFullPath(path);
        exclusive = Take();
        try
        {
            Temporary.Clean(Path, log);
            var earlier = PathOf(StudyRecord.FileName) is var file && File.Exists(file) ? RecordJson.Read<StudyRecord>(file) : null;
            record = earlier is null ? begun : begun with { Started = earlier.Started, Resumed = [.. earlier.Resumed, begun.Started] };
            rows = File.Exists(PathOf(RowsName)) ? StudyRows<TRow>.Read(PathOf(RowsName)) : [];
            RecordJson.Write(PathOf(StudyRecord.FileName), record);
        }
        catch
        {
            exclusive.Dispose();
            throw;
        }
    }

    /// <summary>What is run, and when.</summary>
    public StudyRecord Record => record;

    /// <summary>A finished row; null where it is not finished.</summary>
    public TRow? Find(string key) => rows.GetValueOrDefault(key);

    /// <summary>Keeps a row that is finished.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Add(string key, TRow row)
    {
        rows[key] = row;
        RecordJson.Write(PathOf(RowsName), new StudyRows<TRow>(rows));
    }

    /// <summary>Notes in the record that all rows are finished.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Finish()
    {
        record = record with { Finished = DateTime.UtcNow };
        RecordJson.Write(PathOf(StudyRecord.FileName), record);
    }

    /// <summary>Lets others into the folder.</summary>
    public void Dispose() => exclusive.Dispose();

    private FileLock Take()
    {
        try
        {
            return RunLock.Take(Path);
        }
        catch (ZfDeclException held) when (held.Code == "ZF1205")
        {
            throw new ZfDeclException(held.Code, "another process is at this study now. Wait until it ends, or keep this one elsewhere with `artifacts`", Path, held);
        }
    }

    private string PathOf(string name) => System.IO.Path.Combine(Path, name);
}
