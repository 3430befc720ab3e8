using System.Text.Json;
using ZfDecl.Files;
using ZfDecl.Messages;

namespace ZfDecl.Studies.Comparison;

/// <summary>
/// The folder of a study: <c>study.json</c> says what was run, <c>rows.json</c> holds what is finished. It is this process's alone until disposed, and every
/// file in it is written whole or not at all: a study may be killed at any time and goes on with the rows that are left.
/// </summary>
/// <typeparam name="TRow">What a finished row is kept as.</typeparam>
public sealed class StudyDirectory<TRow> : IDisposable where TRow : class
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
            var earlier = Read<StudyRecord>(StudyRecord.FileName);
            record = earlier is null ? begun : begun with { Started = earlier.Started, Resumed = [.. earlier.Resumed, begun.Started] };
            rows = Read<Dictionary<string, TRow>>(RowsName) ?? [];
            Write(StudyRecord.FileName, record);
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
        Write(RowsName, rows);
    }

    /// <summary>Notes in the record that all rows are finished.</summary>
    /// <exception cref="ZfDeclException">ZF1204: the file cannot be written.</exception>
    public void Finish()
    {
        record = record with { Finished = DateTime.UtcNow };
        Write(StudyRecord.FileName, record);
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

    private void Write<T>(string name, T content) => RecordJson.Write(System.IO.Path.Combine(Path, name), content);

    private T? Read<T>(string name) where T : class
    {
        var path = System.IO.Path.Combine(Path, name);
        try
        {
            return File.Exists(path) ? RecordJson.Read<T>(path) : null;
        }
        catch (Exception cause) when (cause is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new ZfDeclException("ZF1423", $"this file of a study is damaged: {cause.Message} Delete the study's folder to run it anew", path, cause);
        }
    }
}
