namespace ArgoBootstrap.Kustomize.Fuzz.Differential;

/// <summary>Differences that are known and meant. Each says why.</summary>
internal static class DeliberateDifferences
{
    /// <summary>Whether a difference is one of them.</summary>
    public static bool Covers(Comparison comparison)
    {
        string theirs = comparison.Theirs.Succeeded ? "" : comparison.Theirs.Text;
        // Distributions link kustomize against json-patch v5, where `replace` needs the key; released binaries add it.
        return theirs.Contains("replace operation does not apply: doc is missing", StringComparison.Ordinal)
            // The same with `copy` and `move`: released binaries take null for a key that is not there.
            || theirs.Contains("unable to get nonexistent key", StringComparison.Ordinal)
            // A defect of kustomize: it crashes instead of refusing.
            || theirs.Contains("panic:", StringComparison.Ordinal)
            // A defect of kustomize: it moves a comment to where it cannot read its own text any more.
            || (comparison.Ours.Succeeded && theirs.Contains("could not find expected ':'", StringComparison.Ordinal))
            || (comparison.Ours.Succeeded && (theirs.Contains("did not find expected ',' or '}'", StringComparison.Ordinal) || theirs.Contains("did not find expected ',' or ']'", StringComparison.Ordinal)))
            // A defect of kustomize: it prints an object with the name null.
            || (comparison.Theirs.Succeeded && !comparison.Ours.Succeeded && comparison.Ours.Text.Contains("has no 'metadata.name' any more", StringComparison.Ordinal) && comparison.Theirs.Text.Contains("\n  name: null\n", StringComparison.Ordinal))
            // kustomize hashes its own nodes, places in files included, where a patch makes a ConfigMap or Secret another kind.
            || (!comparison.Ours.Succeeded && comparison.Ours.Text.Contains("asks for a hash of its content in its name", StringComparison.Ordinal))
            // A defect of kustomize: where a JSON patch makes annotations a list, all of them are lost without a word.
            || (!comparison.Ours.Succeeded && comparison.Ours.Text.Contains("'metadata.annotations' is a sequence", StringComparison.Ordinal));
    }
}
