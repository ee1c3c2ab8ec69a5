using ArgoBootstrap.Core.Diagnostics;
using ArgoBootstrap.Core.Git;
using ArgoBootstrap.Kustomize;
using ArgoBootstrap.Kustomize.Diagnostics;

namespace ArgoBootstrap.Core.Tests.Git;

public sealed class GitRevisionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GitRevisionTests() => TestGit.Init(_folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_AreThoseOfTheCommit_AndTheRepositoryStaysAsItIs()
    {
        string file = _folder.Write("deep/one.txt", "first");
        string first = TestGit.Commit(_folder.Path);
        _folder.Write("deep/one.txt", "second");
        _folder.Write("two.txt", "staged");
        TestGit.Run(_folder.Path, "add", "two.txt");
        string status = TestGit.Run(_folder.Path, "status", "--porcelain");
        string at;

        using (GitRevision revision = await GitRevision.OpenAsync(GitRevision.FindRepository(_folder.Combine("deep")), "main", cancellationToken: Cancellation))
        {
            at = revision.PathOf(file);
            Assert.Equal("first", File.ReadAllText(at));
            Assert.False(File.Exists(revision.PathOf(_folder.Combine("two.txt"))));
            Assert.Equal(file, revision.WorkTreePathOf(at));
            Assert.Equal((first, "main"), (revision.Commit, revision.Revision));
        }

        Assert.False(Path.Exists(Path.GetDirectoryName(at)));
        Assert.Equal(status, TestGit.Run(_folder.Path, "status", "--porcelain"));
    }

    [Fact]
    public async Task LinkedWorkTree_IsARepository()
    {
        _folder.Write("one.txt", "first");
        TestGit.Commit(_folder.Path);
        TestGit.Run(_folder.Path, "worktree", "add", "--quiet", "-b", "other", _folder.Combine("linked"));

        using GitRevision revision = await GitRevision.OpenAsync(GitRevision.FindRepository(_folder.Combine("linked/one.txt")), "other", cancellationToken: Cancellation);

        Assert.Equal("first", File.ReadAllText(revision.PathOf(_folder.Combine("linked/one.txt"))));
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--help")]
    [InlineData("main:deep")]
    public async Task UnknownRevision_IsAnError(string name)
    {
        _folder.Write("one.txt", "first");
        TestGit.Commit(_folder.Path);

        OperationException error = await Assert.ThrowsAsync<OperationException>(() => GitRevision.OpenAsync(_folder.Path, name, cancellationToken: Cancellation));

        Assert.Equal((ErrorIds.RevisionNotFound, name), (error.Id, error.Target));
    }

    [Fact]
    public async Task NothingThatTheRepositoryConfigures_IsStarted()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The traps are shell scripts.");
            return;
        }
        _folder.Write(".gitattributes", "*.txt filter=trap\n*.txt ident\n");
        _folder.Write("one.txt", "first");
        TestGit.Commit(_folder.Path);
        string trap = _folder.Write("trap.sh", $"#!/bin/sh\ntouch {_folder.Path}/sprung-$(basename $0)\ncat\n");
        File.SetUnixFileMode(trap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (string hook in (string[])["post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"])
        {
            File.Copy(trap, _folder.Combine($".git/hooks/{hook}"));
        }
        foreach (string key in (string[])["filter.trap.smudge", "filter.trap.clean", "filter.trap.process", "core.fsmonitor", "core.sshCommand", "core.pager", "core.alternateRefsCommand", "core.gitProxy", "uploadpack.packObjectsHook"])
        {
            TestGit.Run(_folder.Path, "config", key, trap);
        }
        TestGit.Run(_folder.Path, "config", "filter.trap.required", "true");
        TestGit.Run(_folder.Path, "config", "extensions.partialClone", "origin");
        TestGit.Run(_folder.Path, "config", "remote.origin.url", "ext::" + trap);
        TestGit.Run(_folder.Path, "config", "remote.origin.promisor", "true");
        TestGit.Run(_folder.Path, "config", "protocol.ext.allow", "always");

        using GitRevision revision = await GitRevision.OpenAsync(_folder.Path, "main", cancellationToken: Cancellation);
        await GitRevision.ListNamesAsync(_folder.Path, Cancellation);
        OperationException missing = await Assert.ThrowsAsync<OperationException>(
            () => GitRevision.OpenAsync(_folder.Path, "0123456789012345678901234567890123456789", cancellationToken: Cancellation));

        Assert.Equal("first", File.ReadAllText(revision.PathOf(_folder.Combine("one.txt"))));
        Assert.Equal(ErrorIds.RevisionNotFound, missing.Id);
        Assert.Empty(Directory.GetFiles(_folder.Path, "sprung-*"));
    }

    [Fact]
    public async Task Sha256Repository_IsRead()
    {
        using TemporaryFolder folder = new();
        TestGit.Run(folder.Path, "init", "--quiet", "--object-format=sha256", "--initial-branch=main");
        folder.Write("one.txt", "first");
        TestGit.Commit(folder.Path);

        using GitRevision revision = await GitRevision.OpenAsync(folder.Path, "main", cancellationToken: Cancellation);

        Assert.Equal("first", File.ReadAllText(revision.PathOf(folder.Combine("one.txt"))));
    }

    [Fact]
    public async Task LineEndsOfACheckout_AreKept()
    {
        _folder.Write("one.txt", "first\n");
        TestGit.Commit(_folder.Path);
        TestGit.Run(_folder.Path, "config", "core.autocrlf", "true");

        using GitRevision revision = await GitRevision.OpenAsync(_folder.Path, "main", cancellationToken: Cancellation);

        Assert.Equal("first\r\n", File.ReadAllText(revision.PathOf(_folder.Combine("one.txt"))));
    }

    [Fact]
    public void FolderOutsideOfAnyRepository_IsAnError()
    {
        using TemporaryFolder other = new();

        Assert.Equal(ErrorIds.GitRepositoryNotFound, Assert.Throws<OperationException>(() => GitRevision.FindRepository(other.Path)).Id);
    }

    [Fact]
    public async Task Errors_NameFilesAsGitDoes()
    {
        _folder.Write("overlay/kustomization.yaml", "resources: [gone.yaml]\n");
        TestGit.Commit(_folder.Path);
        using GitRevision revision = await GitRevision.OpenAsync(_folder.Path, "main", cancellationToken: Cancellation);

        KustomizeException thrown = Assert.Throws<KustomizeException>(() => new KustomizeBuilder().Build(revision.PathOf(_folder.Combine("overlay")), Cancellation));
        Diagnostic diagnostic = Assert.Single(revision.Rename(thrown).Diagnostics);

        Assert.Equal($"main:{Path.Combine("overlay", "kustomization.yaml")}:1:13", diagnostic.Position.ToString());
        Assert.DoesNotContain(Path.GetTempPath(), diagnostic.ToString(), StringComparison.Ordinal);
    }
}
