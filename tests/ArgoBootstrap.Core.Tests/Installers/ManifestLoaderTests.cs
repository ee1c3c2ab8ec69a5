using System.Net;
using System.Security.Cryptography;
using System.Text;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Installers;

public sealed class ManifestLoaderTests : IDisposable
{
    private const string Text = "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n";
    private static readonly Uri Address = new("https://example.com/install.yaml");
    private static readonly string Checksum = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    private readonly string _cache = Directory.CreateTempSubdirectory("argobootstrap-manifests-").FullName;

    [Fact]
    public async Task A_pinned_manifest_is_downloaded_once()
    {
        var server = new Server(_ => Ok());
        using ManifestLoader loader = Loader(server);

        Manifest first = await loader.LoadAsync(ManifestSource.FromUrl(Address, Checksum));
        Manifest second = await loader.LoadAsync(ManifestSource.FromUrl(Address, Checksum));

        Assert.Equal(["a", "b"], first.Objects.Select(o => o.Reference.Name));
        Assert.Equal(first.Sha256, second.Sha256);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_has_changed_is_refused_and_not_kept()
    {
        var server = new Server(_ => Ok());
        using ManifestLoader loader = Loader(server);

        Assert.Equal(ErrorIds.ChecksumMismatch, await FailAsync(loader, ManifestSource.FromUrl(Address, new string('0', 64))));
        Assert.Empty(Directory.GetFiles(_cache));
    }

    [Fact]
    public async Task Faults_that_may_pass_are_tried_again_and_others_not()
    {
        int tries = 0;
        using ManifestLoader loader = Loader(new Server(_ => ++tries < 3 ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) : Ok()));
        await loader.LoadAsync(ManifestSource.FromUrl(Address));
        var missing = new Server(_ => new HttpResponseMessage(HttpStatusCode.NotFound));
        using ManifestLoader other = new(Path.Combine(_cache, "other"), missing, TimeSpan.FromMilliseconds(1));

        Assert.Equal(3, tries);
        Assert.Equal(ErrorIds.ManifestUnavailable, await FailAsync(other, ManifestSource.FromUrl(Address)));
        Assert.Single(missing.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.Gone, false)]
    [InlineData(HttpStatusCode.Forbidden, false)]
    public async Task What_was_kept_without_a_checksum_serves_only_while_its_address_cannot_be_asked(HttpStatusCode status, bool serves)
    {
        bool isDown = false;
        using ManifestLoader loader = Loader(new Server(_ => isDown ? new HttpResponseMessage(status) : Ok()));
        await loader.LoadAsync(ManifestSource.FromUrl(Address));
        isDown = true;

        if (serves)
        {
            Assert.Equal(2, (await loader.LoadAsync(ManifestSource.FromUrl(Address))).Objects.Count);
        }
        else
        {
            Assert.Equal(ErrorIds.ManifestUnavailable, await FailAsync(loader, ManifestSource.FromUrl(Address)));
        }
    }

    [Fact]
    public async Task To_look_for_what_is_on_this_machine_sends_nothing()
    {
        var server = new Server(_ => Ok());
        using ManifestLoader loader = Loader(server);

        Assert.Null(await loader.FindLocalAsync(ManifestSource.FromUrl(Address)));
        Assert.Empty(server.Requests);
        await loader.LoadAsync(ManifestSource.FromUrl(Address));
        Assert.Equal(2, (await loader.FindLocalAsync(ManifestSource.FromUrl(Address)))?.Objects.Count);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Only_https_is_followed()
    {
        using ManifestLoader good = Loader(new Server(r => r.RequestUri == Address ? Redirect("/other") : Ok()));
        await good.LoadAsync(ManifestSource.FromUrl(Address));
        using ManifestLoader bad = new(Path.Combine(_cache, "bad"), new Server(_ => Redirect("http://example.com/plain")), TimeSpan.FromMilliseconds(1));
        using ManifestLoader circle = new(Path.Combine(_cache, "circle"), new Server(_ => Redirect("/again")), TimeSpan.FromMilliseconds(1));

        Assert.Equal(ErrorIds.ManifestUnavailable, await FailAsync(bad, ManifestSource.FromUrl(Address)));
        Assert.Equal(ErrorIds.ManifestUnavailable, await FailAsync(circle, ManifestSource.FromUrl(Address)));
        Assert.Equal(ErrorIds.ManifestUnavailable, await FailAsync(good, ManifestSource.FromUrl(new Uri("http://example.com/x"))));
    }

    [Fact]
    public async Task What_is_kept_serves_while_the_address_cannot_be_reached()
    {
        bool isUp = true;
        using ManifestLoader loader = Loader(new Server(_ => isUp ? Ok() : throw new HttpRequestException("no route")));
        await loader.LoadAsync(ManifestSource.FromUrl(Address));
        isUp = false;

        Manifest kept = await loader.LoadAsync(ManifestSource.FromUrl(Address));

        Assert.Equal(2, kept.Objects.Count);
    }

    [Fact]
    public async Task Content_without_end_or_sense_is_refused()
    {
        using ManifestLoader large = Loader(new Server(_ => new HttpResponseMessage { Content = new StreamContent(new Endless()) }));
        using ManifestLoader page = new(Path.Combine(_cache, "page"), new Server(_ => new HttpResponseMessage { Content = new StringContent("<html>: [") }), TimeSpan.FromMilliseconds(1));

        Assert.Equal(ErrorIds.ManifestUnavailable, await FailAsync(large, ManifestSource.FromUrl(Address)));
        Assert.Equal(ErrorIds.ManifestUnavailable, await FailAsync(page, ManifestSource.FromUrl(Address)));
        Assert.Equal(ErrorIds.ManifestUnavailable, await FailAsync(page, ManifestSource.FromFile(Path.Combine(_cache, "not-there.yaml"))));
    }

    [Theory]
    [InlineData("v3.5.1", "v3.5.0", 1)]
    [InlineData("3.5.1", "v3.5.1", 0)]
    [InlineData("v3.6.0-rc1", "v3.6.0", -1)]
    [InlineData("v3.6.0-rc2", "v3.6.0-rc1", 1)]
    [InlineData("v3.6.0-rc.10", "v3.6.0-rc.9", 1)]
    [InlineData("v3.10.0", "v3.9.9", 1)]
    public void Versions_are_ordered(string left, string right, int expected) =>
        Assert.Equal(expected, Math.Sign(ReleaseVersion.TryParse(left)!.CompareTo(ReleaseVersion.TryParse(right))));

    [Theory]
    [InlineData("main")]
    [InlineData("")]
    [InlineData("v3")]
    [InlineData("10.*")]
    public void What_is_no_version_is_told(string text) => Assert.Null(ReleaseVersion.TryParse(text));

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    private ManifestLoader Loader(Server server) => new(_cache, server, TimeSpan.FromMilliseconds(1));

    private static async Task<string> FailAsync(ManifestLoader loader, ManifestSource source) => (await Assert.ThrowsAsync<OperationException>(() => loader.LoadAsync(source))).Id;

    private static HttpResponseMessage Ok() => new() { Content = new StringContent(Text) };

    private static HttpResponseMessage Redirect(string to)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Found);
        response.Headers.Location = new Uri(to, UriKind.RelativeOrAbsolute);
        return response;
    }

    private sealed class Server(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        public List<Uri> Requests { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request.RequestUri!);
            return Task.FromResult(answer(request));
        }
    }

    private sealed class Endless : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(Span<byte> buffer) => buffer.Length;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(buffer.Length);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(count);
    }
}
