# The manifest loads ArgoBootstrap.Loader.dll (RequiredAssemblies). The cmdlets and their dependencies live in a load
# context of their own, so that another module's version of the same library cannot get in their way.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw "ArgoBootstrap was not loaded: the session's language mode is $($ExecutionContext.SessionState.LanguageMode), which does not let a script module load its assemblies. Sign the module's files with a certificate that the policy of this machine trusts, or import it in a session with FullLanguage."
}

# Cmdlets of one name cannot come from two versions of a module at a time: the one that is imported last takes the place of
# the other.
Get-Module ArgoBootstrap | Where-Object ModuleBase -NE ([System.IO.Path]::GetDirectoryName($PSScriptRoot)) | Remove-Module -Force

$cmdlets = Import-Module -Assembly ([ArgoBootstrap.Loader.ModuleLoadContext]::LoadModule("$PSScriptRoot/bin")) -PassThru

# An assembly that this process imported before comes from PowerShell's cache, without being exported again
# (PowerShell issue 20710): a second runspace, or Import-Module -Force.
$exported = $ExecutionContext.SessionState.Module.ExportedCmdlets
$addExportedCmdlet = [psmoduleinfo].GetMethod('AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) {
    if ($addExportedCmdlet -and -not $exported.ContainsKey($cmdlet.Name)) {
        $addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
}

# What a rendered object belongs to. The properties are hidden: one can group by them and filter for them, and what is
# converted or exported is the object alone. A file under TypesToProcess could not be loaded twice, as two versions of the
# module are.
if (Get-Command Update-TypeData -ErrorAction Ignore) {
    $resource = [System.Management.Automation.Runspaces.TypeData]::new('ArgoBootstrap.Resource')
    foreach ($property in 'Environment', 'Cluster', 'Overlay', 'Namespace', 'Name') {
        $data = [System.Management.Automation.Runspaces.ScriptPropertyData]::new($property, [scriptblock]::Create("`$this.PSOverlay.$property"))
        $data.IsHidden = $true
        $resource.Members.Add($property, $data)
    }
    Update-TypeData -TypeData $resource -Force
}
