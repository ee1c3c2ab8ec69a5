using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Rendering.Engines;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.Kustomize.Loading.Remote;

namespace ArgoBootstrap.Core.Tests.Rendering.Engines;

public sealed class OverlayEnginesTests
{
    [Fact]
    public void BuiltIn_UsesTheBuilderThatIsGiven()
    {
        KustomizeOptions options = new();
        KustomizeOptions? asked = null;

        IOverlayEngine engine = OverlayEngines.Create(RenderEngine.BuiltIn, options, builders: o => new KustomizeBuilder(asked = o));

        Assert.IsType<BuiltInEngine>(engine);
        Assert.Same(options, asked);
    }

    [Theory]
    [InlineData(RenderEngine.Kustomize, "no-such-program-5c1e", ErrorIds.EngineNotFound)]
    [InlineData(RenderEngine.Kubectl, "/no/such/program", ErrorIds.EngineNotFound)]
    [InlineData(RenderEngine.BuiltIn, "kustomize", ErrorIds.EngineOptionNotSupported)]
    public void Command_ThatIsOfNoUse_IsRefused(RenderEngine engine, string command, string id)
    {
        OperationException error = Assert.Throws<OperationException>(() => OverlayEngines.Create(engine, new KustomizeOptions(), command));

        Assert.Equal((id, command), (error.Id, error.Target));
        Assert.Contains(Path.GetFileName(command), error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(error.Remedy);
    }

    [Theory]
    [InlineData(RemoteCachePolicy.PreferCache)]
    [InlineData(RemoteCachePolicy.CacheOnly)]
    public void Cache_ThatAProgramHasNot_IsRefused(RemoteCachePolicy policy) =>
        Assert.Equal(
            ErrorIds.EngineOptionNotSupported,
            Assert.Throws<OperationException>(() => OverlayEngines.Create(RenderEngine.Kustomize, new KustomizeOptions { Remote = new RemoteOptions { CachePolicy = policy } }, Environment.ProcessPath)).Id);
}
