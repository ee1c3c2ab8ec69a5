namespace ArgoBootstrap.Clusters.Access;

/// <summary>
/// Tells the refusals of admission (quotas, policies, webhooks, ending namespaces) from missing permissions: servers answer
/// both with 403, and only the text says which it is (<c>NewForbidden</c> of apimachinery, <c>ForbiddenStatusError</c> of apiserver).
/// </summary>
internal static class AdmissionRefusal
{
    /// <summary>What to do about a namespace that is ending.</summary>
    public const string NamespaceRemedy = "Wait until the namespace is gone, then run this again. When it does not end, its status.conditions name what holds it.";

    private const string Prefix = " is forbidden: ";

    /// <summary>What to do about a refusal by admission.</summary>
    /// <param name="status">What the server answered.</param>
    /// <param name="statusCode">HTTP's code.</param>
    /// <returns>The remedy; null when the answer is not a refusal by admission.</returns>
    public static string? RemedyOf(ApiStatus status, int statusCode)
    {
        string text = status.Message;
        if (statusCode is not (400 or 403 or 422))
        {
            return null;
        }
        if (text.Contains("admission webhook \"", StringComparison.Ordinal) || text.Contains("ValidatingAdmissionPolicy '", StringComparison.Ordinal))
        {
            return "Make the object as the policy that is named wants it, in its overlay, or have the policy make an exception.";
        }
        int start = text.IndexOf(Prefix, StringComparison.Ordinal);
        if (statusCode != 403 || start < 0 || IsAuthorization(text.AsSpan(start + Prefix.Length)))
        {
            return null;
        }
        return text switch
        {
            _ when text.Contains("because it is being terminated", StringComparison.Ordinal) =>
                NamespaceRemedy,
            _ when text.Contains("quota", StringComparison.OrdinalIgnoreCase) =>
                "Have the ResourceQuota that is named raised, or free what it counts, then run this again: it goes on where it stopped.",
            _ when text.Contains("violates PodSecurity", StringComparison.Ordinal) =>
                "Make the pods as the namespace's Pod Security level wants them, or change its label pod-security.kubernetes.io/enforce.",
            _ => "Make the object as the cluster's admission wants it, or have what it is refused for changed. More permissions do not help.",
        };
    }

    // Every authorizer's answer begins with who asks ('User "x" cannot ...'), and so does the one about RBAC rights that the user
    // gives away without having them ('user "x" ... is attempting to grant'). The last one comes from admission, but is about rights.
    private static bool IsAuthorization(ReadOnlySpan<char> why) =>
        why.StartsWith("user ", StringComparison.OrdinalIgnoreCase) || why.StartsWith("cannot set blockOwnerDeletion", StringComparison.Ordinal);
}
