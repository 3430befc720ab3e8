#nullable enable
namespace ZfDecl.Build
{
    using System;
    using System.Collections.Generic;
    using System.IO;
    using System.Text;

    /// <summary>
    /// The symbol versions that a shared library asks of another one ("version needs" of the GNU symbol versioning extension to ELF).
    /// The dynamic loader refuses a library when a version that it needs is missing, even one that none of its relocations uses;
    /// a need that is marked weak it lets pass. Little-endian ELF64 only. Written for netstandard2.0: it is also the source of a build task.
    /// </summary>
    public static class ElfVersionNeeds
    {
        private const int SectionRela = 4, SectionRel = 9, SectionDynsym = 11;
        private const int SectionVerdef = 0x6ffffffd, SectionVerneed = 0x6ffffffe, SectionVersym = 0x6fffffff;
        private const int WeakFlag = 2;
        private const int VersionIndexMask = 0x7fff;

        /// <summary>
        /// Marks as weak, in memory, each version that <paramref name="image"/> needs of <paramref name="provider"/> and that the provider does not
        /// define. Where a relocation binds a symbol of such a version the library could not work, and nothing is changed.
        /// </summary>
        /// <param name="image">The bytes of the shared library; changed only where versions are weakened.</param>
        /// <param name="providerName">The name by which the library asks for the provider, for example <c>libstdc++.so.6</c>.</param>
        /// <param name="provider">The bytes of the provider that is installed here.</param>
        /// <returns>What was weakened, and what forbids it.</returns>
        /// <exception cref="InvalidDataException">One of the two is no well-formed little-endian ELF64 file.</exception>
        public static VersionVerdict WeakenMissing(byte[] image, string providerName, byte[] provider)
        {
            var defined = new HashSet<string>(Definitions(new Image(provider)), StringComparer.Ordinal);
            var elf = new Image(image);
            var missing = new List<Need>();
            foreach (var need in Needs(elf))
                if (need.Provider == providerName && !need.IsWeak && !defined.Contains(need.Version))
                    missing.Add(need);

            var used = missing.Count == 0 ? new HashSet<int>() : BoundVersions(elf);
            var bound = missing.FindAll(need => used.Contains(need.Index));
            if (bound.Count > 0)
                return new VersionVerdict(Array.Empty<string>(), bound.ConvertAll(need => need.Version));

            foreach (var need in missing)
                image[need.FlagsAt] |= WeakFlag;
            return new VersionVerdict(missing.ConvertAll(need => need.Version), Array.Empty<string>());
        }

        /// <summary>All version needs: a chain of Verneed entries, one a provider, each with a chain of Vernaux entries, one a version.</summary>
        private static IEnumerable<Need> Needs(Image elf)
        {
            foreach (var section in elf.Sections)
            {
                if (section.Type != SectionVerneed)
                    continue;
                foreach (var entry in elf.Chain(section.Offset, section.Info, nextAt: 12))
                {
                    var provider = elf.Text(section, elf.U32(entry + 4));
                    foreach (var version in elf.Chain(entry + elf.U32(entry + 8), elf.U16(entry + 2), nextAt: 12))
                        yield return new Need(provider, elf.Text(section, elf.U32(version + 8)), elf.U16(version + 6), version + 4, elf.U16(version + 4));
                }
            }
        }

        /// <summary>The names of all versions that a library defines: the first Verdaux entry of each Verdef entry.</summary>
        private static IEnumerable<string> Definitions(Image elf)
        {
            foreach (var section in elf.Sections)
            {
                if (section.Type != SectionVerdef)
                    continue;
                foreach (var entry in elf.Chain(section.Offset, section.Info, nextAt: 16))
                    yield return elf.Text(section, elf.U32(entry + elf.U32(entry + 12)));
            }
        }

        /// <summary>The indices of the versions whose symbols some relocation binds.</summary>
        private static HashSet<int> BoundVersions(Image elf)
        {
            var bound = new HashSet<int>();
            foreach (var versions in elf.Sections)
            {
                if (versions.Type != SectionVersym)
                    continue;
                foreach (var relocations in elf.Sections)
                {
                    var size = relocations.Type == SectionRela ? 24 : relocations.Type == SectionRel ? 16 : 0;
                    if (size == 0 || elf.Linked(relocations).Type != SectionDynsym)
                        continue;
                    for (var at = relocations.Offset; at + size <= relocations.Offset + relocations.Size; at += size)
                    {
                        var symbol = elf.U32(at + 12);
                        if (symbol != 0)
                            bound.Add(elf.U16(versions.Offset + 2 * symbol) & VersionIndexMask);
                    }
                }
            }
            return bound;
        }

        private sealed class Need
        {
            public Need(string provider, string version, int index, long flagsAt, int flags)
            {
                Provider = provider;
                Version = version;
                Index = index;
                FlagsAt = flagsAt;
                IsWeak = (flags & WeakFlag) != 0;
            }

            public string Provider { get; }
            public string Version { get; }
            public int Index { get; }
            public long FlagsAt { get; }
            public bool IsWeak { get; }
        }

        private sealed class Section
        {
            public Section(long type, long offset, long size, long link, long info)
            {
                Type = type;
                Offset = offset;
                Size = size;
                Link = link;
                Info = info;
            }

            public long Type { get; }
            public long Offset { get; }
            public long Size { get; }
            public long Link { get; }
            public long Info { get; }
        }

        /// <summary>The bytes of an ELF file, read with every offset checked.</summary>
        private sealed class Image
        {
            private readonly byte[] bytes;

            public Image(byte[] bytes)
            {
                this.bytes = bytes;
                if (bytes.Length < 64 || U32(0) != 0x464c457f || bytes[4] != 2 || bytes[5] != 1)
                    throw new InvalidDataException("not a little-endian ELF64 file");
                long table = U64(40), entrySize = U16(58), count = U16(60);
                if (count > 0 && entrySize < 64)
                    throw new InvalidDataException($"section headers of {entrySize} bytes; at least 64 are needed");
                for (var at = table; Sections.Count < count; at += entrySize)
                    Sections.Add(new Section(U32(at + 4), U64(at + 24), U64(at + 32), U32(at + 40), U32(at + 44)));
            }

            public List<Section> Sections { get; } = new List<Section>();

            public Section Linked(Section section) =>
                section.Link < Sections.Count
                    ? Sections[(int)section.Link]
                    : throw new InvalidDataException($"a section links to section {section.Link} of {Sections.Count}");

            public int U16(long at) => BitConverter.ToUInt16(bytes, Checked(at, 2));

            public long U32(long at) => BitConverter.ToUInt32(bytes, Checked(at, 4));

            public long U64(long at)
            {
                var value = BitConverter.ToInt64(bytes, Checked(at, 8));
                // Halved, so that the sum of two offsets cannot overflow.
                return value is >= 0 and <= long.MaxValue / 2 ? value : throw new InvalidDataException($"an offset of 0x{value:x} at 0x{at:x}");
            }

            /// <summary>The entries of a linked list: each holds the distance to the next one, 0 in the last.</summary>
            public IEnumerable<long> Chain(long first, long count, int nextAt)
            {
                var at = first;
                for (long i = 0; i < count; i++)
                {
                    yield return at;
                    var distance = U32(at + nextAt);
                    if (distance == 0)
                        break;
                    at += distance;
                }
            }

            /// <summary>The text at an offset into the string table that a section links to.</summary>
            public string Text(Section section, long offset)
            {
                var start = Checked(Linked(section).Offset + offset, 1);
                var end = Array.IndexOf(bytes, (byte)0, start);
                if (end < 0)
                    throw new InvalidDataException($"a text at 0x{start:x} has no end");
                return Encoding.ASCII.GetString(bytes, start, end - start);
            }

            private int Checked(long at, int size) =>
                at >= 0 && at <= bytes.Length - size
                    ? (int)at
                    : throw new InvalidDataException($"{size} bytes at 0x{at:x} are outside the file of {bytes.Length} bytes");
        }
    }

    /// <summary>What <see cref="ElfVersionNeeds.WeakenMissing"/> found.</summary>
    public sealed class VersionVerdict
    {
        internal VersionVerdict(IReadOnlyList<string> weakened, IReadOnlyList<string> bound)
        {
            Weakened = weakened;
            Bound = bound;
        }

        /// <summary>The versions that are missing and that nothing uses: now weak.</summary>
        public IReadOnlyList<string> Weakened { get; }

        /// <summary>The versions that are missing and in use: the library needs a newer provider.</summary>
        public IReadOnlyList<string> Bound { get; }
    }
}
