using ArgoBootstrap.Core.Rendering;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Rendering;

public sealed class OverlayRendererTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task Render_HandsOutEveryOverlay_AlsoBesideBrokenOnes(int throttleLimit)
    {
        IReadOnlyList<OverlayTarget> targets = Targets(30);
        _folder.Write("overlays/o7/kustomization.yaml", "resources: [gone.yaml]\n");

        List<OverlayRenderResult> results = await new OverlayRenderer().RenderAsync(targets, throttleLimit).ToListAsync();

        Assert.Equal(targets.Select(target => target.Path), results.Select(result => result.Path));
        OverlayRenderResult broken = Assert.Single(results, result => !result.Succeeded);
        Assert.Equal("overlays/o7", broken.RelativePath);
        Assert.Equal(DiagnosticIds.FileNotFound, Assert.Single(broken.Diagnostics).Id);
        Assert.All(results.Where(result => result.Succeeded), result => Assert.Single(result.Rendered!.Resources));
    }

    [Fact]
    public async Task Render_OfAFolderThatIsGone_IsADiagnostic()
    {
        OverlayTarget gone = new(_folder.Combine("gone"), "gone", null, null);

        OverlayRenderResult result = Assert.Single(await new OverlayRenderer().RenderAsync([gone]).ToListAsync());

        Assert.Equal(DiagnosticIds.FileNotFound, Assert.Single(result.Diagnostics).Id);
    }

    [Fact]
    public async Task Render_Cancelled_Stops()
    {
        using CancellationTokenSource stop = new();
        int seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (OverlayRenderResult result in new OverlayRenderer().RenderAsync(Targets(200), 1, stop.Token))
            {
                Assert.True(result.Succeeded);
                seen++;
                await stop.CancelAsync();
            }
        });

        Assert.Equal(1, seen);
    }

    [Fact]
    public void Render_WithALimitBelowOne_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OverlayRenderer().RenderAsync([], 0));

    private IReadOnlyList<OverlayTarget> Targets(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _folder.Write($"overlays/o{i}/kustomization.yaml", $"configMapGenerator: [{{name: c{i}, literals: [a=b]}}]\n");
        }

        return new OverlayDiscovery().Find(_folder.Path);
    }
}
