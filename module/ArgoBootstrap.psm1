# ArgoBootstrap.Loader.dll is loaded by the manifest (RequiredAssemblies). The cmdlets and their dependencies live in
# a load context of their own, so that another module's version of the same library cannot get in their way.
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
