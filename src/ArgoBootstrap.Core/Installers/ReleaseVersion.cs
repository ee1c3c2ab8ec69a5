using System.Text.RegularExpressions;

namespace ArgoBootstrap.Core.Installers;

/// <summary>A version as Argo CD and Helm write it: <c>v3.5.1</c>, <c>10.4.0-rc1</c>. Ordered as semver.org says, build metadata left out.</summary>
public sealed partial class ReleaseVersion : IComparable<ReleaseVersion>
{
    private readonly string[] _preRelease;

    private ReleaseVersion(string text, int major, int minor, int patch, string preRelease)
    {
        Text = text;
        Major = major;
        Minor = minor;
        Patch = patch;
        _preRelease = preRelease.Length > 0 ? preRelease.Split('.') : [];
    }

    /// <summary>The version as it was written.</summary>
    public string Text { get; }

    /// <summary>First number.</summary>
    public int Major { get; }

    /// <summary>Second number.</summary>
    public int Minor { get; }

    /// <summary>Third number.</summary>
    public int Patch { get; }

    /// <summary>Reads a version.</summary>
    /// <param name="text">The text, with or without <c>v</c>.</param>
    /// <returns>Null when it is not a version: a branch, a range, a digest.</returns>
    public static ReleaseVersion? TryParse(string? text)
    {
        Match match = Pattern().Match(text ?? "");
        return match.Success
            && int.TryParse(match.Groups[1].Value, out int major) && int.TryParse(match.Groups[2].Value, out int minor) && int.TryParse(match.Groups[3].Value, out int patch)
            ? new ReleaseVersion(text!, major, minor, patch, match.Groups[4].Value)
            : null;
    }

    /// <inheritdoc/>
    public int CompareTo(ReleaseVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        int byNumber = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (byNumber != 0 || (_preRelease.Length == 0 && other._preRelease.Length == 0))
        {
            return byNumber;
        }
        if (_preRelease.Length == 0 || other._preRelease.Length == 0)
        {
            // A release comes after its candidates.
            return _preRelease.Length == 0 ? 1 : -1;
        }
        for (int i = 0; i < Math.Min(_preRelease.Length, other._preRelease.Length); i++)
        {
            bool isNumber = int.TryParse(_preRelease[i], out int left);
            bool isOtherNumber = int.TryParse(other._preRelease[i], out int right);
            int byPart = isNumber && isOtherNumber ? left.CompareTo(right)
                : isNumber != isOtherNumber ? (isNumber ? -1 : 1)
                : string.CompareOrdinal(_preRelease[i], other._preRelease[i]);
            if (byPart != 0)
            {
                return byPart;
            }
        }
        return _preRelease.Length.CompareTo(other._preRelease.Length);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(@"^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$")]
    private static partial Regex Pattern();
}
