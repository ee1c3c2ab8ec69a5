using System.Text;
using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Installers;
using ArgoBootstrap.Core.Installers.Flux;
using ArgoBootstrap.Kustomize.Diagnostics;
using ArgoBootstrap.TestSupport.Downloads;
using ArgoBootstrap.TestSupport.Envtest;
using Microsoft.AspNetCore.Http;

namespace ArgoBootstrap.Core.Tests.Installers;

/// <summary>Manifests by version, over TLS, from a server that stands for GitHub's.</summary>
public sealed class ManifestDownloadTests : IDisposable
{
    private const string Text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n";
    private readonly string _cache = Directory.CreateTempSubdirectory("argobootstrap-downloads-").FullName;

    public void Dispose() => Directory.Delete(_cache, recursive: true);

    [Fact]
    public async Task Each_release_has_its_address()
    {
        await using ReleaseServer server = await ReleaseServer.StartAsync(http => http.Response.WriteAsync(Text));
        using ManifestLoader loader = Loader(server);

        await loader.LoadAsync(ManifestSource.ForArgoCD("v3.4.2"));
        await loader.LoadAsync(ManifestSource.ForArgoCD("3.4.3"));
        await loader.LoadAsync(ManifestSource.ForArgoCD("v3.4.2").HighlyAvailable());
        Manifest flux = await loader.LoadAsync(FluxOptions.ManifestOf("2.7.3"));

        Assert.Equal(
            [
                "https://raw.githubusercontent.com/argoproj/argo-cd/v3.4.2/manifests/install.yaml",
                "https://raw.githubusercontent.com/argoproj/argo-cd/v3.4.3/manifests/install.yaml",
                "https://raw.githubusercontent.com/argoproj/argo-cd/v3.4.2/manifests/ha/install.yaml",
                "https://github.com/fluxcd/flux2/releases/download/v2.7.3/install.yaml",
            ],
            server.Requests);
        Assert.Equal("a", Assert.Single(flux.Objects).Reference.Name);
        Assert.Equal(4, Directory.GetFiles(_cache).Length);
    }

    [Fact]
    public async Task A_redirect_to_another_host_is_followed_and_not_asked_for_again()
    {
        await using ReleaseServer server = await ReleaseServer.StartAsync(http =>
        {
            if (http.Request.Host.Host == ReleaseServer.GitHub)
            {
                http.Response.Redirect($"https://{ReleaseServer.GitHubAssets}/production/install.yaml?sig=x");
                return Task.CompletedTask;
            }
            return http.Response.WriteAsync(Text);
        });
        using ManifestLoader loader = Loader(server);

        string sha256 = (await loader.LoadAsync(FluxOptions.ManifestOf("v2.7.3"))).Sha256;
        await loader.LoadAsync(FluxOptions.ManifestOf("v2.7.3", sha256));

        Assert.Equal(
            ["https://github.com/fluxcd/flux2/releases/download/v2.7.3/install.yaml", "https://release-assets.githubusercontent.com/production/install.yaml?sig=x"],
            server.Requests);
    }

    [Fact]
    public async Task A_redirect_to_plain_http_is_refused()
    {
        await using ReleaseServer server = await ReleaseServer.StartAsync(http =>
        {
            http.Response.Redirect($"http://{ReleaseServer.GitHubAssets}/install.yaml");
            return Task.CompletedTask;
        });

        OperationException error = await FailAsync(Loader(server), FluxOptions.ManifestOf("v2.7.3"));

        Assert.Contains("not https", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Another_content_than_the_release_had_is_refused_and_not_kept()
    {
        await using ReleaseServer server = await ReleaseServer.StartAsync(http => http.Response.WriteAsync(Text));

        OperationException error = await FailAsync(Loader(server), ManifestSource.ForArgoCD(ManifestSource.DefaultVersion));

        Assert.Equal(ErrorIds.ChecksumMismatch, error.Id);
        Assert.Contains(ManifestSource.ForArgoCD(ManifestSource.DefaultVersion).Sha256, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cache));
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_named()
    {
        await using ReleaseServer server = await ReleaseServer.StartAsync(http =>
        {
            http.Response.StatusCode = 404;
            return http.Response.WriteAsync("404: Not Found");
        });

        OperationException error = await FailAsync(Loader(server), ManifestSource.ForArgoCD("v3.99.0"));

        Assert.Equal(ErrorIds.ManifestUnavailable, error.Id);
        Assert.Contains("v3.99.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("no such version", error.Message, StringComparison.Ordinal);
        Assert.Contains("-ManifestPath", error.Remedy, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_tried_again_and_leaves_no_half_file()
    {
        int asked = 0;
        int whole = int.MaxValue;
        await using ReleaseServer server = await ReleaseServer.StartAsync(async http =>
        {
            http.Response.ContentLength = Encoding.UTF8.GetByteCount(Text);
            if (Interlocked.Increment(ref asked) >= whole)
            {
                await http.Response.WriteAsync(Text);
                return;
            }
            await http.Response.WriteAsync(Text[..20]);
            await http.Response.Body.FlushAsync();
            http.Abort();
        });
        using ManifestLoader loader = Loader(server);

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => loader.LoadAsync(ManifestSource.ForArgoCD("v3.4.2")));
        int tries = asked;
        string[] left = Directory.GetFileSystemEntries(_cache);
        whole = tries + 2;
        Manifest manifest = await loader.LoadAsync(ManifestSource.ForArgoCD("v3.4.2"));

        Assert.Equal(ErrorIds.ManifestUnavailable, error.Id);
        Assert.Equal(4, tries);
        Assert.Empty(left);
        Assert.Single(manifest.Objects);
        Assert.Equal(Text, await File.ReadAllTextAsync(Assert.Single(Directory.GetFileSystemEntries(_cache)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_download_that_stalls_ends()
    {
        await using ReleaseServer server = await ReleaseServer.StartAsync(async http =>
        {
            await http.Response.WriteAsync(Text[..20]);
            await http.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        });

        OperationException error = await FailAsync(new ManifestLoader(_cache, server.CreateHandler(), TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(200)), ManifestSource.ForArgoCD("v3.4.2"));

        Assert.Contains("within 0.2 seconds", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cache));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task A_server_that_stumbles_is_asked_again(int status)
    {
        int asked = 0;
        await using ReleaseServer server = await ReleaseServer.StartAsync(http =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref asked) < 3 ? status : 200;
            return http.Response.WriteAsync(Text);
        });
        using ManifestLoader loader = Loader(server);

        Assert.Single((await loader.LoadAsync(ManifestSource.ForArgoCD("v3.4.2"))).Objects);
        Assert.Equal(3, asked);
    }

    [Fact]
    public async Task A_manifest_without_end_is_refused()
    {
        byte[] piece = new byte[1 << 20];
        await using ReleaseServer server = await ReleaseServer.StartAsync(async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested)
            {
                await http.Response.Body.WriteAsync(piece, http.RequestAborted);
            }
        });

        OperationException error = await FailAsync(Loader(server), ManifestSource.ForArgoCD("v3.4.2"));

        Assert.Contains("32 MiB", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_cache));
    }

    [Fact]
    public async Task What_was_downloaded_serves_without_the_server()
    {
        await using ReleaseServer server = await ReleaseServer.StartAsync(http => http.Response.WriteAsync(Text));
        using (ManifestLoader online = Loader(server))
        {
            await online.LoadAsync(ManifestSource.ForArgoCD("v3.4.2"));
        }
        await server.StopAsync();
        using ManifestLoader offline = Loader(server);

        Assert.Single((await offline.LoadAsync(ManifestSource.ForArgoCD("v3.4.2"))).Objects);
        OperationException other = await FailAsync(Loader(server), ManifestSource.ForArgoCD("v3.4.3"));
        Assert.Contains("v3.4.3", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_who_it_says_is_not_believed()
    {
        await using ReleaseServer server = await ReleaseServer.StartAsync(http => http.Response.WriteAsync(Text));
        using var others = new TestCertificates();
        SocketsHttpHandler handler = server.CreateHandler();
        handler.SslOptions.CertificateChainPolicy!.CustomTrustStore.Clear();
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.ImportFromPem(others.AuthorityPem);

        OperationException error = await FailAsync(new ManifestLoader(_cache, handler, TimeSpan.FromMilliseconds(1)), ManifestSource.ForArgoCD("v3.4.2"));

        Assert.Contains("certificate", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Requests);
    }

    private ManifestLoader Loader(ReleaseServer server) => new(_cache, server.CreateHandler(), TimeSpan.FromMilliseconds(1));

    private static async Task<OperationException> FailAsync(ManifestLoader loader, ManifestSource source)
    {
        using (loader)
        {
            return await Assert.ThrowsAsync<OperationException>(() => loader.LoadAsync(source));
        }
    }
}
