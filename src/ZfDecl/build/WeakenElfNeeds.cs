// Joined behind ElfVersionNeeds.cs by the build.
#nullable enable
namespace ZfDecl.Build
{
    using System;
    using System.IO;
    using System.Linq;
    using Microsoft.Build.Framework;
    using Microsoft.Build.Utilities;

    /// <summary>
    /// Writes a copy of a shared library that loads on this machine's libstdc++, where the library itself would not. Where it would, no copy is left.
    /// The library itself is never written to: it is a file of the NuGet cache, and build outputs are hard links to it.
    /// </summary>
    public sealed class WeakenElfNeeds : Task
    {
        private const string Provider = "libstdc++.so.6";
        private bool warned;

        /// <summary>The shared library.</summary>
        [Required]
        public string Library { get; set; } = "";

        /// <summary>Where the copy goes. Its time is two seconds after the library's, so that a copy of the library itself counts as outdated.</summary>
        [Required]
        public string Copy { get; set; } = "";

        /// <summary>Where libstdc++ usually is; asked only when this very process has not loaded one.</summary>
        public string[] UsualPlaces { get; set; } = Array.Empty<string>();

        /// <summary>Whether the library will load; where false, a warning says why.</summary>
        [Output]
        public bool Loads { get; set; }

        /// <summary>Does it.</summary>
        /// <returns>True: a library that cannot be helped is a warning, since a build that never loads it is still right.</returns>
        public override bool Execute()
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Copy)!);
                File.Delete(Copy);
                var provider = LoadedProvider() ?? UsualPlaces.FirstOrDefault(File.Exists);
                if (provider == null)
                {
                    Warn("ZF9003", $"this machine has no {Provider}, which {Path.GetFileName(Library)} needs: torch will not load; install it");
                    return true;
                }
                var image = File.ReadAllBytes(Library);
                var verdict = ElfVersionNeeds.WeakenMissing(image, Provider, File.ReadAllBytes(provider));
                if (verdict.Bound.Count > 0)
                    Warn("ZF9002", $"{provider} lacks {string.Join(", ", verdict.Bound)}, which {Path.GetFileName(Library)} uses: torch will not load; install a newer libstdc++");
                if (verdict.Weakened.Count > 0)
                    Write(image, $"{provider} lacks {string.Join(", ", verdict.Weakened)}, which {Path.GetFileName(Library)} asks for and does not use: made optional in {Copy}");
            }
            catch (Exception e) when (e is InvalidDataException || e is IOException || e is UnauthorizedAccessException)
            {
                Warn("ZF9001", $"cannot check whether {Library} loads with this machine's {Provider}: {e.Message}; it is used as it is");
            }
            Loads = !warned;
            return true;
        }

        /// <summary>The libstdc++ that this process has mapped: the .NET host loads it by the same rules as torch will.</summary>
        private static string? LoadedProvider() =>
            File.ReadLines("/proc/self/maps")
                .Select(line => line.IndexOf('/') is var at && at < 0 ? "" : line.Substring(at))
                .FirstOrDefault(path => Path.GetFileName(path).StartsWith(Provider, StringComparison.Ordinal) && File.Exists(path));

        private void Write(byte[] image, string message)
        {
            var beside = Copy + "." + Guid.NewGuid().ToString("N") + ".tmp";
            File.WriteAllBytes(beside, image);
            File.SetLastWriteTimeUtc(beside, File.GetLastWriteTimeUtc(Library).AddSeconds(2));
            File.Move(beside, Copy);
            Log.LogMessage(MessageImportance.Normal, message);
        }

        private void Warn(string code, string message)
        {
            warned = true;
            Log.LogWarning(null, code, null, null, 0, 0, 0, 0, message);
        }
    }
}
