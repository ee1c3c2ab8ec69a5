using ArgoBootstrap.Kustomize.Loading.Remote;
using ArgoBootstrap.Kustomize.Redaction;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("../base", "../base")]
    [InlineData("git@github.com:acme/fleet.git", "git@github.com:acme/fleet.git")]
    [InlineData("ssh://git@example.com/acme/fleet", "ssh://git@example.com/acme/fleet")]
    [InlineData("ssh://git:secret@example.com/acme/fleet", "ssh://***@example.com/acme/fleet")]
    [InlineData("https://alice:secret@example.com/acme/fleet?ref=v1", "https://***@example.com/acme/fleet?ref=v1")]
    [InlineData("https://ghp_secret@example.com/acme/fleet", "https://***@example.com/acme/fleet")]
    [InlineData("https://example.com/a.yaml?token=secret&ref=main&sig=also", "https://example.com/a.yaml?token=***&ref=main&sig=***")]
    public void Credentials_do_not_show(string url, string shown) => Assert.Equal(shown, UrlRedaction.Url(url));

    [Theory]
    [InlineData("https://me@dev.azure.com/org/_git/fleet", "https://me@dev.azure.com/org/_git/fleet")]
    [InlineData("git@github.com:acme/fleet", "git@github.com:acme/fleet")]
    [InlineData("https://alice:secret@example.com/acme/fleet", "https://***@example.com/acme/fleet")]
    [InlineData("https://ghp_secret@example.com/acme/fleet", "https://***@example.com/acme/fleet")]
    [InlineData("https://0123456789abcdef0123456789abcdef01234567@example.com/acme/fleet", "https://***@example.com/acme/fleet")]
    public void Origins_keep_user_names_only(string url, string shown) => Assert.Equal(shown, UrlRedaction.CloneUrl(url));

    [Fact]
    public void What_a_program_says_is_cleaned() => Assert.Equal(
        "fatal: unable to access 'https://***@example.com/x/': no",
        UrlRedaction.Text("fatal: unable to access 'https://alice:s3cr:et@example.com/x/': no"));

    [Fact]
    public void Git_gets_credentials_in_a_variable_and_not_as_an_argument()
    {
        var address = new GitAddress("https://alice:p%40ss@git.example.com:8443/acme/fleet.git");
        Assert.Equal("https://git.example.com:8443/acme/fleet.git", address.Url);
        Assert.Equal("git.example.com", address.Host);
        Assert.DoesNotContain("p%40ss", string.Concat(address.Options), StringComparison.Ordinal);
        Assert.Equal(["--config-env=http.https://git.example.com:8443/.extraHeader=ARGOBOOTSTRAP_GIT_HEADER"], address.Options);
        Assert.Equal("Authorization: Basic " + Convert.ToBase64String("alice:p@ss"u8), address.Environment["ARGOBOOTSTRAP_GIT_HEADER"]);
    }
}
