using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using ZfDecl.Messages;

namespace ZfDecl.Distributed;

/// <summary>
/// Signs of life between all ranks, some each second of the time that nothing may be heard of one, and the last words of a rank that fails. Every message begins with its length in two bytes;
/// a sign of life has none. It is the messenger's thread's alone.
/// </summary>
internal sealed class Heartbeats
{
    private const int Tag = 1, Room = 4096, Header = sizeof(ushort);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly ITransport transport;
    private readonly TimeSpan timeout;
    private readonly Peer[] peers;
    private readonly byte[] beat = GC.AllocateArray<byte>(Header, pinned: true);
    private readonly string[] hosts;
    private long sent, looked = Stopwatch.GetTimestamp();

    /// <param name="transport">What it sends through.</param>
    /// <param name="timeout">How long nothing may be heard of a rank.</param>
    internal Heartbeats(ITransport transport, TimeSpan timeout)
    {
        (this.transport, this.timeout) = (transport, timeout);
        Interval = timeout / 5 < Longest ? timeout / 5 : Longest;
        hosts = [.. Enumerable.Range(0, transport.Size).Select(_ => "")];
        peers = [.. Enumerable.Range(0, transport.Size).Where(rank => rank != transport.Rank).Select(rank => new Peer(rank))];
        foreach (var peer in peers)
            peer.Listen(transport);
    }

    /// <summary>The time between two signs of life.</summary>
    internal TimeSpan Interval { get; }

    /// <summary>Names the ranks' hosts in errors from here on.</summary>
    internal void Know(IReadOnlyList<string> names)
    {
        for (var rank = 0; rank < hosts.Length; rank++)
            hosts[rank] = names[rank];
    }

    /// <summary>Sends what is due and hears what has come.</summary>
    /// <exception cref="ZfDeclException">A rank has said that it fails, or has not been heard of for too long.</exception>
    internal void Exchange()
    {
        HearAll();
        Send();
    }

    /// <summary>Sends what is due.</summary>
    internal void Send()
    {
        if (Stopwatch.GetElapsedTime(sent) < Interval)
            return;
        sent = Stopwatch.GetTimestamp();
        foreach (var peer in peers)
            peer.Send(transport, beat);
    }

    /// <summary>Sends this rank's last words: rank 0's to all others, any other rank's to rank 0.</summary>
    /// <param name="words">What they hear.</param>
    /// <param name="atMost">How long it waits until they have gone.</param>
    internal void Tell(string words, TimeSpan atMost)
    {
        var text = Encoding.UTF8.GetBytes(words).AsSpan();
        var message = GC.AllocateArray<byte>(Header + Math.Min(text.Length, Room - Header), pinned: true);
        MemoryMarshal.Write(message, (ushort)(message.Length - Header));
        text[..(message.Length - Header)].CopyTo(message.AsSpan(Header));
        var began = Stopwatch.GetTimestamp();
        var under = peers.Where(peer => transport.Rank == 0 || peer.Rank == 0).Select(peer => transport.Send(peer.Rank, Tag, AddressOf(message), message.Length)).ToList();
        while (under.Count > 0 && Stopwatch.GetElapsedTime(began) < atMost)
        {
            under.RemoveAll(transport.IsDone);
            Thread.Sleep(1);
        }
    }

    /// <summary>Says farewell to all others, and waits for theirs, however long they work on: nothing is under way then.</summary>
    /// <exception cref="ZfDeclException">A rank has said that it fails, or has not been heard of for too long.</exception>
    internal void Stop()
    {
        var farewell = GC.AllocateArray<byte>(1, pinned: true);
        var under = peers.Select(peer => transport.Send(peer.Rank, Tag, AddressOf(farewell), farewell.Length)).ToList();
        while (under.Count > 0 || !Array.TrueForAll(peers, peer => peer.HasLeft && peer.HasSent(transport)))
        {
            under.RemoveAll(transport.IsDone);
            HearAll();
            Thread.Sleep(1);
        }
    }

    private void HearAll()
    {
        // A process that has itself stood still cannot tell who was silent meanwhile.
        var away = Stopwatch.GetElapsedTime(looked);
        looked = Stopwatch.GetTimestamp();
        foreach (var peer in away > timeout / 4 ? peers : [])
            peer.Excuse(away);
        foreach (var peer in peers)
        {
            while (peer.Hear(transport) is { } words)
            {
                if (words.Length > 0)
                    throw GroupFailure.Of(peer.Rank, hosts[peer.Rank], words, transport.Rank == 0);
            }
            if (!peer.HasLeft && peer.Silence > timeout)
            {
                peer.GiveUp();
                throw GroupFailure.Silent(peer.Rank, hosts[peer.Rank], timeout);
            }
        }
    }

    private static nint AddressOf(byte[] pinned) => Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    /// <summary>Another rank, as this one hears it.</summary>
    private sealed class Peer(int rank)
    {
        private readonly byte[] words = GC.AllocateArray<byte>(Room, pinned: true);
        private long heard = Stopwatch.GetTimestamp(), receiving, sending;
        private TimeSpan excused;
        private bool isSending;

        internal int Rank => rank;

        internal bool HasLeft { get; private set; }

        /// <summary>For how long nothing has been heard of it.</summary>
        internal TimeSpan Silence => Stopwatch.GetElapsedTime(heard) - excused;

        internal void Listen(ITransport transport)
        {
            words[0] = words[1] = byte.MaxValue;            // what a farewell, of one byte, leaves as it is
            receiving = transport.Receive(rank, Tag, AddressOf(words), Room);
        }

        /// <returns>Its last words, or none where it lives; null where nothing has come.</returns>
        internal string? Hear(ITransport transport)
        {
            if (HasLeft || !transport.IsDone(receiving))
                return null;
            (heard, excused) = (Stopwatch.GetTimestamp(), TimeSpan.Zero);
            if (words[1] == byte.MaxValue)
            {
                HasLeft = true;
                return null;
            }
            var text = Encoding.UTF8.GetString(words, Header, MemoryMarshal.Read<ushort>(words));
            Listen(transport);
            return text;
        }

        /// <summary>Does not count some time as its silence.</summary>
        internal void Excuse(TimeSpan time) => excused += time;

        /// <summary>Waits for it no more.</summary>
        internal void GiveUp() => HasLeft = true;

        // One that does not get through is not followed by others.
        internal void Send(ITransport transport, byte[] beat)
        {
            if (HasSent(transport))
                (sending, isSending) = (transport.Send(rank, Tag, AddressOf(beat), beat.Length), true);
        }

        internal bool HasSent(ITransport transport)
        {
            if (isSending && transport.IsDone(sending))
                isSending = false;
            return !isSending;
        }
    }
}
