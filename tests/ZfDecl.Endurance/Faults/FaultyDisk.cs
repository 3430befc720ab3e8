using ZfDecl.Files;

namespace ZfDecl.Endurance.Faults;

/// <summary>A disk that counts what is done to it (create, write, flush, rename, delete, mkdir), and fails at one of these operations, or that a process is killed at.</summary>
/// <param name="at">The number of the operation, from 1; 0 for a disk that only counts.</param>
/// <param name="fault">What happens there.</param>
internal sealed class FaultyDisk(int at, Fault fault) : Disk
{
    private int operations;

    private int At => at;

    /// <summary>How many operations there were, the failed ones among them.</summary>
    public int Operations => operations;

    /// <summary>Whether the process has been killed.</summary>
    public bool IsDead { get; private set; }

    public override FileStream Create(string path)
    {
        Before("create", path, takesRoom: true);
        return new FaultyStream(path, FileMode.CreateNew, 0, this);
    }

    public override FileStream Append(string path, long length)
    {
        Before("create", path, takesRoom: true);
        return new FaultyStream(path, FileMode.OpenOrCreate, length, this);
    }

    public override FileStream OpenLock(string path, FileAccess access, FileShare share)
    {
        if (!File.Exists(path))
            Before("create", path, takesRoom: true);
        return base.OpenLock(path, access, share);
    }

    public override void Flush(FileStream file, bool durable)
    {
        Before("flush", file.Name, takesRoom: true);
        base.Flush(file, durable: false);                               // no power fails here
    }

    public override void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        Before("mkdir", path, takesRoom: true);
        base.CreateFolder(path);
    }

    public override void Move(string from, string to)
    {
        Before("rename", to);
        base.Move(from, to);
    }

    public override void MoveFolder(string from, string to)
    {
        Before("rename", to);
        base.MoveFolder(from, to);
    }

    public override bool TryExchange(string one, string other)
    {
        try
        {
            Before("rename", other);
        }
        catch (IOException)
        {
            return false;                                               // what the system call says of any failure
        }
        return base.TryExchange(one, other);
    }

    public override void Delete(string path)
    {
        if (!File.Exists(path))
            return;
        Before("delete", path);
        base.Delete(path);
    }

    public override void DeleteFolder(string path)
    {
        Before("delete", path);
        base.DeleteFolder(path);
    }

    /// <summary>Counts an operation, and lets it fail where it is the one.</summary>
    internal void Before(string operation, string path, bool takesRoom = false)
    {
        if (IsDead)
            throw new ProcessKilledException();
        var number = Interlocked.Increment(ref operations);
        if (at == 0 || number < at)
            return;
        switch (fault)
        {
            case Fault.Kill:
                IsDead = true;
                throw new ProcessKilledException();
            case Fault.NoSpace when takesRoom:
                throw new IOException($"No space left on device : '{path}' ({operation})", 28);
            case Fault.ReadOnly:
                throw new IOException($"Read-only file system : '{path}' ({operation})", 30);
            case Fault.InputOutput when number == at:
                throw new IOException($"Input/output error : '{path}' ({operation})", 5);
            default:
                return;
        }
    }

    /// <summary>A file whose writes are counted. Of one that fails, or that the process is killed at, half is there.</summary>
    private sealed class FaultyStream : FileStream
    {
        private readonly FaultyDisk disk;

        public FaultyStream(string path, FileMode mode, long length, FaultyDisk disk)
            : base(path, mode, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0)
        {
            this.disk = disk;
            if (mode == FileMode.OpenOrCreate)
                SetLength(length);
            Position = length;
        }

        // The other writes of a derived stream lead here.
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (disk.operations + 1 == disk.At)
                base.Write(buffer, offset, count / 2);
            disk.Before("write", Name, takesRoom: true);
            base.Write(buffer, offset, count);
        }
    }
}
