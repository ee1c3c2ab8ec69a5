using Polly;
using Polly.Retry;

namespace ArgoBootstrap.Kustomize.Loading.Remote;

/// <summary>Tries again what is fetched: each pause is about twice as long as the one before, with some chance in it, so that many do not come back at once.</summary>
internal static class RemoteRetry
{
    /// <summary>A pipeline that tries again.</summary>
    /// <typeparam name="T">What a try gives.</typeparam>
    /// <param name="options">How many tries, and how long the pauses are.</param>
    /// <param name="mayHelp">Whether another try may help after an outcome.</param>
    /// <param name="asked">How long the other side asks to wait after an outcome; null when it does not. More patience than the options have is not tried.</param>
    public static ResiliencePipeline<T> Create<T>(RemoteOptions options, Func<Outcome<T>, bool> mayHelp, Func<Outcome<T>, TimeSpan?>? asked = null)
    {
        if (options.Attempts <= 1)
        {
            return ResiliencePipeline<T>.Empty;
        }
        return new ResiliencePipelineBuilder<T>()
            .AddRetry(new RetryStrategyOptions<T>
            {
                MaxRetryAttempts = options.Attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = options.MaximumRetryDelay,
                ShouldHandle = args => new ValueTask<bool>(mayHelp(args.Outcome) && !(asked?.Invoke(args.Outcome) > options.MaximumRetryDelay)),
                DelayGenerator = args => new ValueTask<TimeSpan?>(asked?.Invoke(args.Outcome)),
            })
            .Build();
    }
}
