using System.Reflection;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;

namespace ArgoBootstrap.Pester.Tests;

/// <summary>Makes every Pester test a test of <c>dotnet test</c>: the suites run once for each supported version of Pester, one version after the other.</summary>
internal sealed class PesterFramework : ITestFramework, IDataProducer
{
    private static readonly PesterRun[] Runs =
    [
        .. typeof(PesterFramework).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Where(a => a.Value?.EndsWith("Pester.psd1", StringComparison.Ordinal) == true)
            .Select(a => new PesterRun(a.Key, a.Value!)),
    ];

    /// <inheritdoc/>
    public string Uid => nameof(PesterFramework);

    /// <inheritdoc/>
    public string Version => "1.0.0";

    /// <inheritdoc/>
    public string DisplayName => "Pester";

    /// <inheritdoc/>
    public string Description => "Runs Pester suites in PowerShell.";

    /// <inheritdoc/>
    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    /// <inheritdoc/>
    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    /// <inheritdoc/>
    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) => Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    /// <inheritdoc/>
    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) => Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    /// <inheritdoc/>
    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        // Which tests there are is known only to those who run the suites: to be listed, they are run as well.
        foreach (PesterRun run in Runs)
        {
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (PesterResult result in await run.ExecuteAsync(context.CancellationToken))
            {
                string name = $"Pester {run.Version}: {result.Suite}: {result.Name}";
                int count = seen[name] = seen.GetValueOrDefault(name) + 1;
                var node = new TestNode { Uid = $"{name} #{count}", DisplayName = name, Properties = new PropertyBag(Properties(result, context.Request is DiscoverTestExecutionRequest)) };
                await context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(context.Request.Session.SessionUid, node));
            }
        }
        context.Complete();
    }

    private static IEnumerable<IProperty> Properties(PesterResult result, bool isDiscovery)
    {
        if (isDiscovery)
        {
            yield return DiscoveredTestNodeStateProperty.CachedInstance;
            yield break;
        }
        DateTimeOffset end = DateTimeOffset.UtcNow;
        TimeSpan duration = TimeSpan.FromMilliseconds(result.Milliseconds);
        yield return new TimingProperty(new TimingInfo(end - duration, end, duration));
        yield return result.Result switch
        {
            "Passed" => PassedTestNodeStateProperty.CachedInstance,
            "Skipped" or "NotRun" => new SkippedTestNodeStateProperty(result.Reason),
            _ => new FailedTestNodeStateProperty($"{result.Reason}{Environment.NewLine}{result.Place}"),
        };
    }
}
