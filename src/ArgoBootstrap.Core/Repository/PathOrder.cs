namespace ArgoBootstrap.Core.Repository;

/// <summary>The order of paths in listings: folder by folder, so that what is below a folder follows it.</summary>
internal static class PathOrder
{
    /// <summary>Compares two paths.</summary>
    public static int Compare(string left, string right)
    {
        int length = Math.Min(left.Length, right.Length);
        for (int i = 0; i < length; i++)
        {
            if (left[i] != right[i])
            {
                // The separator comes before every other character, so that a folder's content is not torn apart.
                return Rank(left[i]).CompareTo(Rank(right[i]));
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int Rank(char c) => c == Path.DirectorySeparatorChar ? -1 : c;
}
