using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.TestSupport.Faults;

/// <summary>A server that answers until it has answered a certain request, and then nothing any more: what a wait meets when its server hangs.</summary>
public static class Silence
{
    /// <summary>Makes an interceptor for <see cref="ApiServer.ApiServerOptions.Interceptor"/>.</summary>
    /// <param name="isLast">Whether a request is the last one that is answered.</param>
    public static Func<HttpContext, Task<bool>> After(Func<HttpRequest, bool> isLast)
    {
        bool isSilent = false;
        return async context =>
        {
            if (!Volatile.Read(ref isSilent))
            {
                Volatile.Write(ref isSilent, isLast(context.Request));
                return false;
            }
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
    }
}
