using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ArgoBootstrap.Core.Clusters.Access;

/// <summary>Turns what a server answers, or that it does not, into errors that name the context and user and say what to do.</summary>
internal sealed class ClusterErrors(ClusterConnection connection)
{
    public ClusterException Unreachable(Exception cause, int attempts)
    {
        string tries = attempts > 1 ? $" after {attempts} tries" : "";
        if (Find<AuthenticationException>(cause) is { } tls)
        {
            return Make(
                ClusterErrorIds.TlsFailed,
                $"The server {connection.Server} (context '{connection.Context}') cannot be trusted: {tls.Message}",
                "Check that the kubeconfig's certificate-authority-data is the one of this cluster and that the server's name or tls-server-name fits its certificate.",
                cause);
        }
        return Make(
            ClusterErrorIds.ClusterUnreachable,
            $"The server {connection.Server} (context '{connection.Context}') cannot be reached{tries}: {Innermost(cause).Message.TrimEnd('.')}.",
            "Check that the cluster runs, that its address in the kubeconfig is right, and that VPN, proxy and firewall let you through.",
            cause);
    }

    public ClusterException FromResponse(ApiRequest request, ApiResponse response)
    {
        ApiStatus status = response.Status;
        string message = connection.Masker.MaskText(status.Message).TrimEnd('.');
        string what = request.Target.Length > 0 ? request.Target : $"{request.Method} {PathOnly(request.Path)}";
        string who = $"user '{connection.User}' of context '{connection.Context}'";
        (string id, string text, string remedy) = response.StatusCode switch
        {
            401 => (ClusterErrorIds.AuthenticationFailed,
                $"The server {connection.Server} does not accept the credentials of {who}: {message}.{Ended(connection.ClientCertificate)}",
                "Log in again, renew the token or certificate in the kubeconfig, or choose another context with -Context."),
            _ when AdmissionRefusal.RemedyOf(status, response.StatusCode) is { } change => (ClusterErrorIds.AdmissionDenied,
                $"The server {connection.Server} does not admit {what}: {message}.",
                change),
            403 => (ClusterErrorIds.Forbidden,
                $"The {who} may not do this on {connection.Server} ({what}): {message}.",
                "Have the permission granted, or choose a context with more rights with -Context."),
            404 when PathOnly(request.Path) == "/version" => (ClusterErrorIds.UnexpectedAnswer,
                $"What answers at {connection.Server} (context '{connection.Context}') is no Kubernetes API server: it has no /version.",
                "Correct the server's address in the kubeconfig, or choose another context with -Context."),
            404 => (ClusterErrorIds.NotFound,
                $"{what} is not there on {connection.Server}: {message}.",
                "Check the name and namespace, and that what it depends on has been applied."),
            409 => (ClusterErrorIds.Conflict,
                $"{what} conflicts with what is there on {connection.Server}: {message}.",
                "See who owns the fields; use -Force to take them over."),
            429 => (ClusterErrorIds.Throttled,
                $"The server {connection.Server} keeps asking to slow down ({what}, {response.Attempts} tries): {message}.",
                "Wait until it has less to do, or lower the number of parallel requests."),
            400 or 415 or 422 => (ClusterErrorIds.Invalid,
                $"The server {connection.Server} calls {what} invalid: {message}.",
                "Correct the object in its overlay."),
            500 when status.SchemaErrors is { } errors => (ClusterErrorIds.Invalid,
                $"The server {connection.Server} calls {what} invalid: {connection.Masker.MaskText(errors).TrimEnd('.')}.",
                "Correct the fields in the overlay: a name is misspelt, stands at the wrong place, or is of another version of the kind."),
            >= 500 => (ClusterErrorIds.ServerError,
                $"The server {connection.Server} fails ({what}, HTTP {response.StatusCode}, {response.Attempts} tries): {message}.",
                "Look at the API server and at the webhooks that it calls, then run this again: it goes on where it stopped."),
            _ => (ClusterErrorIds.UnexpectedAnswer,
                $"The server {connection.Server} answered {what} with HTTP {response.StatusCode}: {message}.",
                "Check that the kubeconfig's server is a Kubernetes API server."),
        };
        return new ClusterException(id, text, remedy)
        {
            StatusCode = response.StatusCode,
            Reason = status.Reason,
            Context = connection.Context,
            Server = connection.Server,
        };
    }

    public ClusterException Make(string id, string message, string remedy, Exception? inner = null) =>
        new(id, connection.Masker.MaskText(message), remedy, inner) { Context = connection.Context, Server = connection.Server };

    // Servers say no more than "Unauthorized"; that a certificate has ended can be seen from here.
    private static string Ended(X509Certificate2? certificate) =>
        certificate is not null && certificate.NotAfter < DateTime.Now
            ? string.Create(CultureInfo.InvariantCulture, $" Its client certificate ended at {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd HH:mm} UTC.")
            : "";

    private static T? Find<T>(Exception? e)
        where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
            {
                return found;
            }
        }
        return null;
    }

    private static Exception Innermost(Exception e)
    {
        while (e.InnerException is not null)
        {
            e = e.InnerException;
        }
        return e;
    }

    private static string PathOnly(string path)
    {
        int query = path.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? path : path[..query];
    }
}
