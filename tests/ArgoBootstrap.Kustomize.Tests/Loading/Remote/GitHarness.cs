using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Text;

namespace ArgoBootstrap.Kustomize.Tests.Loading.Remote;

/// <summary>A repository to clone from, and an empty cache, both gone after the test.</summary>
internal sealed class GitHarness : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public GitHarness(string name = "fleet.git")
    {
        try
        {
            Repository = Path.Join(_folder.Path, name);
            Directory.CreateDirectory(Repository);
            Git("init", "--quiet", "--initial-branch=main");
            Git("config", "uploadpack.allowAnySHA1InWant", "true");
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no git");
        }
    }

    /// <summary>Absolute path of the repository.</summary>
    public string Repository { get; } = "";

    /// <summary>Absolute path of the cache.</summary>
    public string Cache => Path.Join(_folder.Path, "cache");

    /// <summary>URL of the repository.</summary>
    public string Url => new Uri(Repository).AbsoluteUri;

    /// <summary>Commits files, given as path and content.</summary>
    /// <returns>The commit id.</returns>
    public string Commit(params (string Path, string Content)[] files)
    {
        foreach ((string path, string content) in files)
        {
            Write(Path.Join(Repository, path), content);
        }
        Git("add", "--all");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet", "--allow-empty", "--message=Change");
        return Git("rev-parse", "HEAD").Trim();
    }

    /// <summary>A kustomization that names something.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="name">Name of its folder.</param>
    /// <returns>Absolute path of the folder.</returns>
    public string Overlay(string text, string name = "overlay")
    {
        string folder = Path.Join(_folder.Path, name);
        Write(Path.Join(folder, "kustomization.yaml"), text);
        return folder;
    }

    public string Git(params string[] arguments) => Encoding.UTF8.GetString(Run(Repository, [], arguments));

    /// <summary>Takes the repository away.</summary>
    public void RemoveRepository() => Directory.Move(Repository, Repository + "-gone");

    /// <summary>Answers what git asks a server over HTTP.</summary>
    public void Serve(HttpListenerContext context)
    {
        using var body = new MemoryStream();
        Stream input = context.Request.Headers["Content-Encoding"] == "gzip"
            ? new System.IO.Compression.GZipStream(context.Request.InputStream, System.IO.Compression.CompressionMode.Decompress)
            : context.Request.InputStream;
        input.CopyTo(body);
        context.Response.Headers["Cache-Control"] = "no-cache";
        if (context.Request.RawUrl!.EndsWith("/info/refs?service=git-upload-pack", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/x-git-upload-pack-advertisement";
            byte[] refs = Run(Repository, [], "upload-pack", "--stateless-rpc", "--advertise-refs", ".");
            TestServer.Send(context, [.. "001e# service=git-upload-pack\n0000"u8, .. refs]);
        }
        else if (context.Request.RawUrl.EndsWith("/git-upload-pack", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/x-git-upload-pack-result";
            TestServer.Send(context, Run(Repository, body.ToArray(), "upload-pack", "--stateless-rpc", "."));
        }
        else
        {
            TestServer.Send(context, "<!DOCTYPE html><title>fleet</title>", context.Request.RawUrl.Contains("missing", StringComparison.Ordinal) ? 404 : 200);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private static byte[] Run(string folder, byte[] input, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(input);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return process.ExitCode == 0 ? output.ToArray() : throw new InvalidOperationException(error.Result);
    }
}
