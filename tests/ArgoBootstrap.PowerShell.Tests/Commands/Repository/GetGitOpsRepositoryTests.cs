using System.Management.Automation;
using ArgoBootstrap.PowerShell.Tests.Harness;

namespace ArgoBootstrap.PowerShell.Tests.Commands.Repository;

public sealed class GetGitOpsRepositoryTests : IDisposable
{
    private readonly FleetFolder _fleet = new();

    public void Dispose() => _fleet.Dispose();

    [Theory]
    [InlineData("Get-GitOpsRepository")]
    [InlineData("Get-GitOpsRepository apps/system/base")]
    [InlineData("Get-GitOpsRepository apps/system/o*, apps")]
    [InlineData("'apps' | Get-GitOpsRepository")]
    [InlineData("Get-GitOpsRepository -LiteralPath apps/system")]
    [InlineData("[System.IO.DirectoryInfo]::new(\"$pwd/apps\") | Get-GitOpsRepository")]
    public void Finds_TheRepositoryAroundThePath(string command) =>
        Assert.All(_fleet.Session.Invoke(command), repository => Assert.Equal(_fleet.Path, repository.Properties["Root"].Value));

    [Fact]
    public void Shows_EnvironmentsAndSettings()
    {
        PSObject repository = Assert.Single(_fleet.Session.Invoke("Get-GitOpsRepository"));

        Assert.Equal(["dev", "prod"], (IEnumerable<string>)repository.Properties["Environments"].Value);
        Assert.Equal("main", _fleet.Session.Value<string>("(Get-GitOpsRepository).Settings.TargetRevision"));
    }

    [Theory]
    [InlineData("Get-GitOpsRepository nowhere", "FileNotFound")]
    [InlineData("Get-GitOpsRepository n*where", "FileNotFound")]
    [InlineData("Get-GitOpsRepository -LiteralPath 'apps/*'", "FileNotFound")]
    [InlineData("Get-GitOpsRepository env:", "FileNotFound")]
    [InlineData("Get-GitOpsRepository nodrive:/x", "FileNotFound")]
    [InlineData("Get-GitOpsRepository ..", "RepositoryNotFound")]
    public void WhatIsNotThere_IsAnErrorThatNamesIt(string command, string id)
    {
        ErrorRecord error = _fleet.Session.Run(command).SingleError(id);

        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void Settings_WithMistakes_AreAnErrorEachWithItsPlace()
    {
        string file = _fleet.Write("apps/system/argobootstrap.yaml", "kind: GitOpsRepository\nspec:\n  repoUrl: x\n  argocd: 1\n");

        ScriptResult result = _fleet.Session.Run("Get-GitOpsRepository");

        Assert.Empty(result.Output);
        Assert.Equal(["UnknownField", "WrongType"], result.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
        Assert.StartsWith($"{file}:3:3: ", result.Errors[0].ErrorDetails.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_WithBracketsInItsName_IsTakenAsItIsWhereItExists()
    {
        _fleet.Write("odd[1]/apps/system/overlays/readme", "");

        Assert.Equal(_fleet.Combine("odd[1]"), _fleet.Session.Value<string>("(Get-GitOpsRepository 'odd[1]').Root"));
        Assert.Equal(_fleet.Combine("odd[1]"), _fleet.Session.Value<string>("(Get-GitOpsRepository -LiteralPath 'odd[1]').Root"));
    }
}
