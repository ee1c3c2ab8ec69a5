using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using ArgoBootstrap.Clusters.Waiting;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Clusters.Access;

/// <summary>Turns what a server answers, or that it does not, into errors that name the context and user and say what to do.</summary>
internal sealed class ClusterErrors(ClusterConnection connection)
{
    private const string CorrectObject = "Correct the fields that the server names where they come from: the overlay, the chart, the manifest, or the parameters.";

    private string Named => $"{connection.Server} (context '{connection.Context}')";

    public OperationException Unreachable(Exception cause, int attempts)
    {
        string tries = attempts > 1 ? $" after {attempts} tries" : "";
        if (connection.Proxy is { } proxy && ProxyFault(cause, proxy) is { } fault)
        {
            return Make(ClusterErrorIds.ClusterUnreachable, fault.Message, fault.Remedy, cause);
        }
        if (Find<AuthenticationException>(cause) is { } tls)
        {
            return Tls(tls, cause);
        }
        return Make(
            ClusterErrorIds.ClusterUnreachable,
            $"The server {Named} cannot be reached{tries}: {Innermost(cause).Message.TrimEnd('.')}.",
            "Check that the cluster runs, that its address in the kubeconfig is right, and that VPN, proxy and firewall let you through.",
            cause);
    }

    public OperationException FromResponse(ApiRequest request, ApiResponse response)
    {
        ApiStatus status = response.Status;
        string message = PageTitle.IsPage(response) ? $"it answers with {PageTitle.Describe(response)}" : connection.Masker.MaskText(status.Message).TrimEnd('.');
        string what = request.Target.Length > 0 ? request.Target : $"{request.Method} {PathOnly(request.Path)}";
        string who = $"user '{connection.User}' of context '{connection.Context}'";
        (string id, string text, string remedy) = response.StatusCode switch
        {
            401 or 403 when connection.IsAnonymous => (ClusterErrorIds.AuthenticationFailed,
                $"The kubeconfig has no credentials for {who}, and the server {connection.Server} refuses requests without ({what}): {message}.",
                "Add a token, a client certificate or an exec plugin to the user, log in with your platform's tool, or choose another context with -Context."),
            401 => (ClusterErrorIds.AuthenticationFailed,
                $"The server {connection.Server} does not accept the credentials of {who}: {message}.{Ended(connection.ClientCertificate)}",
                "Log in again, renew the token or certificate in the kubeconfig, or choose another context with -Context."),
            407 => (ClusterErrorIds.ClusterUnreachable,
                $"The proxy{(connection.Proxy is { } proxy ? " " + ProxyAddress.Shown(proxy) : "")} on the way to {Named} asks for a user and password (HTTP 407).",
                "Put them into the proxy's address (HTTPS_PROXY, or the cluster's proxy-url), or exempt the server with NO_PROXY."),
            400 when message.StartsWith("Client sent an HTTP request to an HTTPS server", StringComparison.Ordinal) => (ClusterErrorIds.KubeConfigInvalid,
                $"The server {Named} speaks https on this port, and its address in the kubeconfig begins with http.",
                $"Correct the server in the kubeconfig: https{connection.Server[(connection.Server.IndexOf(':', StringComparison.Ordinal))..]}."),
            >= 300 and < 400 => (ClusterErrorIds.UnexpectedAnswer,
                $"The server {Named} sends {what} to {(response.Location.Length > 0 ? $"'{response.Location}'" : "another address")} (HTTP {response.StatusCode}), as a login page or a proxy does. No Kubernetes API server does that.",
                "Correct the server's address in the kubeconfig, or log in to what stands before it."),
            _ when AdmissionRefusal.RemedyOf(status, response.StatusCode) is { } change => (ClusterErrorIds.AdmissionDenied,
                $"The server {connection.Server} does not admit {what}: {message}.",
                change),
            403 => (ClusterErrorIds.Forbidden,
                $"The {who} may not do this on {connection.Server} ({what}): {message}.",
                "Have the permission granted, or choose a context with more rights with -Context."),
            404 when PathOnly(request.Path) == "/version" => (ClusterErrorIds.UnexpectedAnswer,
                $"What answers at {Named} is not a Kubernetes API server: it has no /version.",
                "Correct the server's address in the kubeconfig, or choose another context with -Context."),
            404 => (ClusterErrorIds.NotFound,
                $"{what} is not there on {connection.Server}: {message}.",
                "Check the name and namespace, and that what it depends on has been applied."),
            409 => (ClusterErrorIds.Conflict,
                $"{what} conflicts with what is there on {connection.Server}: {message}.",
                "See who owns the fields; use -Force to take them over."),
            429 => (ClusterErrorIds.Throttled,
                $"The server {connection.Server} keeps asking to slow down ({what}, {response.Attempts} {(response.Attempts == 1 ? "try" : "tries")}){Pause(response)}: {message}.",
                "Wait until it has less to do, or lower the number of parallel requests."),
            400 or 415 or 422 => (ClusterErrorIds.Invalid,
                $"The server {connection.Server} calls {what} invalid: {message}.",
                CorrectObject),
            500 when status.SchemaErrors is { } errors => (ClusterErrorIds.Invalid,
                $"The server {connection.Server} calls {what} invalid: {connection.Masker.MaskText(errors).TrimEnd('.')}.",
                "Correct the fields where they come from: a name is misspelt, stands at the wrong place, or is of another version of the kind."),
            500 when status.FailedWebhook is { Length: > 0 } webhook => (ClusterErrorIds.AdmissionDenied,
                $"The server {connection.Server} cannot ask the webhook '{webhook}', which has to admit {what}: {message}.",
                $"Bring what serves the webhook back, or delete its configuration (kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations), then run this again: it goes on where it stopped."),
            >= 500 => (ClusterErrorIds.ServerError,
                $"The server {connection.Server} fails ({what}, HTTP {response.StatusCode}, {response.Attempts} tries){Pause(response)}: {message}.",
                "Look at the API server and at the webhooks that it calls, then run this again: it goes on where it stopped."),
            _ => (ClusterErrorIds.UnexpectedAnswer,
                $"The server {connection.Server} answered {what} with HTTP {response.StatusCode}: {message}.",
                "Check that the kubeconfig's server is a Kubernetes API server."),
        };
        return new OperationException(id, text, remedy)
        {
            StatusCode = response.StatusCode,
            Reason = status.Reason,
            Context = connection.Context,
            Server = connection.Server,
        };
    }

    /// <summary>The error for an answer that says success, and is not JSON.</summary>
    public OperationException NotJson(ApiRequest request, ApiResponse response)
    {
        string what = request.Target.Length > 0 ? request.Target : $"{request.Method} {PathOnly(request.Path)}";
        return new OperationException(
            ClusterErrorIds.UnexpectedAnswer,
            connection.Masker.MaskText($"The server {Named} answered {what} with {PageTitle.Describe(response)} instead of JSON."),
            "Check that the kubeconfig's server is a Kubernetes API server, and that no proxy or login page stands before it.")
        {
            StatusCode = response.StatusCode, Context = connection.Context, Server = connection.Server,
        };
    }

    public OperationException Make(string id, string message, string remedy, Exception? inner = null) =>
        new(id, connection.Masker.MaskText(message), remedy, inner) { Context = connection.Context, Server = connection.Server };

    /// <summary>The error for a request that was not begun, or not answered, because the call's time was up. Says what the call waited for, if anything.</summary>
    public OperationException TimeIsUp(ApiRequest request, Deadline deadline, Exception? fault = null)
    {
        IReadOnlyList<OpenWait> waits = deadline.OpenWaits;
        string what = waits.Count > 0
            ? $"while waiting for {OpenWait.Describe(waits)}"
            : $"before {connection.Server} answered {(request.Target.Length > 0 ? request.Target : $"{request.Method} {PathOnly(request.Path)}")}";
        return new OperationException(
            ClusterErrorIds.WaitTimedOut,
            connection.Masker.MaskText($"The time was up ({deadline.Total.TotalSeconds:0.#} seconds) {what}{(fault is null ? "" : $"; the server {Named} cannot be reached any more: {Innermost(fault).Message.TrimEnd('.')}")}."),
            $"{(waits.Count > 0 ? "See what holds it, or allow" : "Allow")} more time with -Timeout, then run this again: it goes on where it stopped.",
            waits.Count > 0 ? waits[0].Target : "",
            fault)
        {
            Context = connection.Context, Server = connection.Server, EndsCall = true,
        };
    }

    private OperationException Tls(AuthenticationException tls, Exception cause)
    {
        if (connection.CertificateProblem is { } problem)
        {
            return Make(ClusterErrorIds.TlsFailed, $"The server {Named} cannot be trusted: {problem.What}.", problem.Remedy, cause);
        }
        string reason = Innermost(tls).Message;
        bool isPlain = reason.Contains("frame size", StringComparison.Ordinal) || reason.Contains("wrong version number", StringComparison.OrdinalIgnoreCase) || reason.Contains("packet length", StringComparison.OrdinalIgnoreCase);
        return isPlain
            ? Make(
                ClusterErrorIds.TlsFailed,
                $"What listens at {Named} does not speak TLS: it is plain http, or something else.",
                "Correct the server's address and port in the kubeconfig.",
                cause)
            : Make(
                ClusterErrorIds.TlsFailed,
                $"No TLS connection to the server {Named} can be made: {reason.TrimEnd('.')}.",
                "Check that the user's client certificate in the kubeconfig is of this cluster and still valid, and that nothing on the way ends TLS.",
                cause);
    }

    /// <summary>What is wrong with the proxy on the way, where it is the proxy that fails.</summary>
    private (string Message, string Remedy)? ProxyFault(Exception cause, Uri proxy)
    {
        string shown = ProxyAddress.Shown(proxy);
        const string remedy = "Correct HTTPS_PROXY (or HTTP_PROXY, or the cluster's proxy-url in the kubeconfig), or exempt the server with NO_PROXY.";
        return cause switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: HttpStatusCode.ProxyAuthenticationRequired } =>
                ($"The proxy {shown} on the way to {Named} asks for a user and password (HTTP 407).", "Put them into the proxy's address (HTTPS_PROXY, or the cluster's proxy-url), or exempt the server with NO_PROXY."),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: { } code } =>
                ($"The proxy {shown} lets nothing through to {Named} (HTTP {(int)code}).", (int)code >= 500 ? "Check that the cluster runs and that the proxy reaches it, or exempt the server with NO_PROXY." : "Have the proxy let the server's address and port through, or exempt the server with NO_PROXY."),
            HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
                ($"The proxy {shown} on the way to {Named} fails: {Innermost(cause).Message.TrimEnd('.')}.", remedy),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } when Find<SocketException>(cause) is { } socket =>
                ($"The proxy {shown} on the way to {Named} cannot be reached: {socket.Message.TrimEnd('.')}.", remedy),
            _ => null,
        };
    }

    private static string Pause(ApiResponse response) =>
        response.RetryAfter is { TotalSeconds: >= 1 } pause ? string.Create(CultureInfo.InvariantCulture, $" and to wait {pause.TotalSeconds:0} seconds, longer than this may take") : "";

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
