using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>git could not do what was asked.</summary>
/// <param name="failure">Why, as far as it matters for what to do next.</param>
/// <param name="message">Why, in git's own words without credentials.</param>
internal sealed class GitException(RemoteFailure failure, string message) : Exception(message)
{
    private static readonly (RemoteFailure Failure, string[] Texts)[] Known =
    [
        (RemoteFailure.Authentication,
        [
            "Authentication failed", "could not read Username", "could not read Password", "terminal prompts disabled", "Permission denied (", "Host key verification failed",
            "returned error: 401", "returned error: 403", "Too many authentication failures", "HTTP Basic: Access denied",
        ]),
        (RemoteFailure.NotFound,
        [
            "returned error: 404", "returned error: 410", "epository not found", "does not appear to be a git repository", "couldn't find remote ref", "ouldn't find remote ref",
            "not our ref", "unadvertised object", "repository not exported", "does not exist", "project you were looking for could not be found",
        ]),
        (RemoteFailure.Unreachable,
        [
            "Could not resolve host", "Temporary failure in name resolution", "Connection refused", "Connection timed out", "Operation timed out",
            "Failed to connect", "Couldn't connect to server", "Network is unreachable", "No route to host",
        ]),
        (RemoteFailure.Network,
        [
            "Connection reset", "returned error: 429", "returned error: 5", "early EOF", "RPC failed",
            "unexpected disconnect", "Empty reply from server", "the remote end hung up", "Connection closed", "kex_exchange_identification", "SSL_ERROR_SYSCALL",
            "TLS connection was non-properly terminated", "transfer closed", "Recv failure", "Send failure",
        ]),
    ];

    /// <summary>Why, as far as it matters for what to do next.</summary>
    public RemoteFailure Failure => failure;

    /// <summary>Reads what git said when it gave up.</summary>
    /// <param name="said">Its standard error.</param>
    public static GitException Of(string said)
    {
        RemoteFailure failure = RemoteFailure.Other;
        foreach ((RemoteFailure known, string[] texts) in Known)
        {
            if (Array.Exists(texts, t => said.Contains(t, StringComparison.Ordinal)))
            {
                failure = known;
                break;
            }
        }
        return new GitException(failure, Essence(said));
    }

    /// <summary>The lines that say what went wrong, on one line.</summary>
    private static string Essence(string said)
    {
        string[] lines = [.. UrlRedaction.Text(said).Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];
        string[] telling = [.. lines.Where(l =>
            l.StartsWith("fatal:", StringComparison.Ordinal) || l.StartsWith("error:", StringComparison.Ordinal)
            || l.StartsWith("remote:", StringComparison.Ordinal) || l.StartsWith("ssh:", StringComparison.Ordinal) || l.Contains("Permission denied", StringComparison.Ordinal) || l.StartsWith("Host key verification failed", StringComparison.Ordinal))];
        string text = string.Join("; ", (telling.Length > 0 ? telling : lines).TakeLast(3).Select(l => l.TrimEnd('.')));
        return text.Length == 0 ? "git gave no reason" : text.Length <= 500 ? text : text[..500] + "…";
    }
}
