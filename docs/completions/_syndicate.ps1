
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'syndicate' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'syndicate'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'syndicate' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Set up a pipeline for the site in this folder')
            [CompletionResult]::new('items', 'items', [CompletionResultType]::ParameterValue, 'List the posts that the sources read, with the origin of each field')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show exactly what would be sent, and why the rest would not')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Send new posts, each once')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Send each post some time after it was saved, until stopped')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the state of each post')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve payloads for sending')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record an unknown outcome, or the former name of a renamed post')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Record a post that is already on the platform')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Update sent posts to their current text, if the platform allows it')
            [CompletionResult]::new('retract', 'retract', [CompletionResultType]::ParameterValue, 'Delete a sent post from its platform')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'Sign in to a platform, show accounts, sign out')
            [CompletionResult]::new('ledger', 'ledger', [CompletionResultType]::ParameterValue, 'Move the ledger to another store, export it, import lines')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the links that pages contain about their posts')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Draw the cards of posts without a picture')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check for problems that would make a run fail')
            [CompletionResult]::new('plugin', 'plugin', [CompletionResultType]::ParameterValue, 'List plugins that are other programs')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of pipeline.yaml, for editors')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run a local LinkedIn sandbox')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;init' {
            [CompletionResult]::new('--ci', '--ci', [CompletionResultType]::ParameterName, 'Also write the CI configuration for this host')
            [CompletionResult]::new('--deploy', '--deploy', [CompletionResultType]::ParameterName, 'With --ci: where the site is deployed [default: pages, unless another workflow deploys it]')
            [CompletionResult]::new('--build', '--build', [CompletionResultType]::ParameterName, 'With --ci: the command that builds the site')
            [CompletionResult]::new('--action', '--action', [CompletionResultType]::ParameterName, 'With --ci: the commit of syndicate''s repository to install from [default: that of this release]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--fresh', '--fresh', [CompletionResultType]::ParameterName, 'Start a new ledger; keep the old one as `*.jsonl.old1`, or in the ref''s history')
            [CompletionResult]::new('--print', '--print', [CompletionResultType]::ParameterName, 'With --ci: print the configuration and write nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;items' {
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Explain one file: is it a post, and which values can its fields have')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;preview' {
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Show only this post (file or URL) or payload (hash); repeatable')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'Write the preview as an HTML page with its files into DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Show the result on a CI service too')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'With --serve: port to listen on; 0 picks a free one')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Fail also if deliveries wait or need a decision')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'List also the posts that would not be sent')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Preview a sandbox build, without the ledger')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Show the changes since each post was sent or approved')
            [CompletionResult]::new('--markdown', '--markdown', [CompletionResultType]::ParameterName, 'Print a Markdown table, for a comment on a pull request')
            [CompletionResult]::new('--comment', '--comment', [CompletionResultType]::ParameterName, 'With --markdown: write it as the comment on this run''s pull request')
            [CompletionResult]::new('--serve', '--serve', [CompletionResultType]::ParameterName, 'Serve a local page to edit, approve, schedule, skip and send posts')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'With --serve: open the page in the browser')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;build' {
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Send only this post (file or URL) or payload (hash); repeatable')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Create the ledger with present posts known, or add NAME to it')
            [CompletionResult]::new('--backfill', '--backfill', [CompletionResultType]::ParameterName, 'Create the ledger with present posts new, or add NAME to it')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'Wait at most this long for pages that are not live yet, such as 10m')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Show the result on a CI service too')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Fail also if deliveries wait or need a decision')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--failed', '--failed', [CompletionResultType]::ParameterName, 'Send only deliveries that failed before')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be sent, without sending it')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Send to a local LinkedIn sandbox, without account, secret or ledger')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'With --sandbox: open the feed in the browser and wait for Ctrl-C')
            [CompletionResult]::new('--same-site', '--same-site', [CompletionResultType]::ParameterName, 'Accept a ledger of the site''s former domain')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;watch' {
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'Send to a local LinkedIn sandbox, without account, secret or ledger')
            [CompletionResult]::new('--poll', '--poll', [CompletionResultType]::ParameterName, 'Check the files every 2 seconds instead of using system notifications')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;status' {
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Show only events on or after this day, such as `2026-11-22`')
            [CompletionResult]::new('--sink', '--sink', [CompletionResultType]::ParameterName, 'Show this sink only')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Show the result on a CI service too')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Show also posts that were recorded as known and never sent')
            [CompletionResult]::new('--compact', '--compact', [CompletionResultType]::ParameterName, 'Compact the ledger first: remove lines that are no longer needed')
            [CompletionResult]::new('--restore', '--restore', [CompletionResultType]::ParameterName, 'Append first the events of this machine that the ledger lacks')
            [CompletionResult]::new('--forget', '--forget', [CompletionResultType]::ParameterName, 'Discard first the events of this machine that the ledger lacks')
            [CompletionResult]::new('--reconcile', '--reconcile', [CompletionResultType]::ParameterName, 'Compare the ledger with the posts on the platforms')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'With --reconcile: record the found posts')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;approve' {
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Approve everything that would be sent')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;settle' {
            [CompletionResult]::new('--sent', '--sent', [CompletionResultType]::ParameterName, 'The post is on the platform, with this identifier or URL. Leave it out if the platform returns none, as Slack''s incoming webhooks and generic webhooks do')
            [CompletionResult]::new('--same-as', '--same-as', [CompletionResultType]::ParameterName, 'The post is the recorded post that had this file or URL')
            [CompletionResult]::new('--sink', '--sink', [CompletionResultType]::ParameterName, 'Settle the attempt to this sink only')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--not-sent', '--not-sent', [CompletionResultType]::ParameterName, 'The post is not on the platform')
            [CompletionResult]::new('--skip-steps', '--skip-steps', [CompletionResultType]::ParameterName, 'Do not send the steps again that failed after the post was created')
            [CompletionResult]::new('--probe', '--probe', [CompletionResultType]::ParameterName, 'Repeat the same request and use the response as evidence')
            [CompletionResult]::new('--renamed', '--renamed', [CompletionResultType]::ParameterName, 'Match each renamed post with its only candidate')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;adopt' {
            [CompletionResult]::new('--sink', '--sink', [CompletionResultType]::ParameterName, 'The sink that published it; required if there is more than one')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;update' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Show the result on a CI service too')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Update every sent post')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Overwrite changes that were made on the platform')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be updated, without sending it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;retract' {
            [CompletionResult]::new('--sink', '--sink', [CompletionResultType]::ParameterName, 'Retract from this sink only')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Retract only the post with this identifier or URL on the platform')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Show the result on a CI service too')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--by-hand', '--by-hand', [CompletionResultType]::ParameterName, 'Record that you deleted the post on the platform yourself')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;auth' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in and store the token')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show accounts, scopes and expiry dates')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Revoke the token and delete it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;auth;login' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Name of the stored token [default: the sink''s `profile`]')
            [CompletionResult]::new('--client-id', '--client-id', [CompletionResultType]::ParameterName, 'Client ID of your app [default: the sink''s `client_id`]')
            [CompletionResult]::new('--user', '--user', [CompletionResultType]::ParameterName, 'Your name on the platform, if it asks for a password')
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port of http://localhost:PORT/callback; 0 picks a free one')
            [CompletionResult]::new('--redirect-uri', '--redirect-uri', [CompletionResultType]::ParameterName, 'Use another redirect URL, exactly as registered in the app')
            [CompletionResult]::new('--scopes', '--scopes', [CompletionResultType]::ParameterName, 'Request these scopes only')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for the sign-in')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--client-secret-stdin', '--client-secret-stdin', [CompletionResultType]::ParameterName, 'Read the client secret from the first line of standard input')
            [CompletionResult]::new('--secret-stdin', '--secret-stdin', [CompletionResultType]::ParameterName, 'Read the password, key or token from the first line of standard input')
            [CompletionResult]::new('--no-browser', '--no-browser', [CompletionResultType]::ParameterName, 'Print the address instead of opening a browser')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Replace the profile''s token, also by one of another account')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;auth;status' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Show this profile only')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;auth;logout' {
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'Name of the stored token [default: the sink''s `profile`]')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;auth;help' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in and store the token')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show accounts, scopes and expiry dates')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Revoke the token and delete it')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;auth;help;login' {
            break
        }
        'syndicate;auth;help;status' {
            break
        }
        'syndicate;auth;help;logout' {
            break
        }
        'syndicate;auth;help;help' {
            break
        }
        'syndicate;ledger' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('move', 'move', [CompletionResultType]::ParameterValue, 'Move the ledger to another store, and name that store in pipeline.yaml')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print the ledger''s events, one JSON object per line')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Append events that a run printed or `export` wrote')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;ledger;move' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The store to move from, if pipeline.yaml names the new one already')
            [CompletionResult]::new('--ref', '--ref', [CompletionResultType]::ParameterName, 'The full name of the ref, such as `refs/syndicate/ledger`')
            [CompletionResult]::new('--branch', '--branch', [CompletionResultType]::ParameterName, 'The branch that keeps only the ledger')
            [CompletionResult]::new('--commit', '--commit', [CompletionResultType]::ParameterName, 'The branch in which the ledger is a file beside pipeline.yaml')
            [CompletionResult]::new('--remote', '--remote', [CompletionResultType]::ParameterName, 'The name of the remote')
            [CompletionResult]::new('--url', '--url', [CompletionResultType]::ParameterName, 'The URL of the database, as in pipeline.yaml')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name of the ledger in the database')
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;ledger;export' {
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the lines into FILE instead of standard output')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;ledger;import' {
            [CompletionResult]::new('--lock-timeout', '--lock-timeout', [CompletionResultType]::ParameterName, 'Wait at most this long for another run, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;ledger;help' {
            [CompletionResult]::new('move', 'move', [CompletionResultType]::ParameterValue, 'Move the ledger to another store, and name that store in pipeline.yaml')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print the ledger''s events, one JSON object per line')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Append events that a run printed or `export` wrote')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;ledger;help;move' {
            break
        }
        'syndicate;ledger;help;export' {
            break
        }
        'syndicate;ledger;help;import' {
            break
        }
        'syndicate;ledger;help;help' {
            break
        }
        'syndicate;export' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('links', 'links', [CompletionResultType]::ParameterValue, 'Write the addresses of sent posts, and the links that pages contain about their posts')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;export;links' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Format of the data; by default that of the ending of FILE, else JSON')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the data into FILE instead of standard output')
            [CompletionResult]::new('--inject', '--inject', [CompletionResultType]::ParameterName, 'Add the links to the built pages in FOLDER, and write the files of the site there')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;export;help' {
            [CompletionResult]::new('links', 'links', [CompletionResultType]::ParameterValue, 'Write the addresses of sent posts, and the links that pages contain about their posts')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;export;help;links' {
            break
        }
        'syndicate;export;help;help' {
            break
        }
        'syndicate;card' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Draw the card of a post into a file')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Add the cards to the pages of the built site')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;card;preview' {
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write the picture into FILE instead of the folder of temporary files')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Show the picture')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;card;write' {
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The folder of the built site')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;card;help' {
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Draw the card of a post into a file')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Add the cards to the pages of the built site')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;card;help;preview' {
            break
        }
        'syndicate;card;help;write' {
            break
        }
        'syndicate;card;help;help' {
            break
        }
        'syndicate;check' {
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Show the result on a CI service too')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--online', '--online', [CompletionResultType]::ParameterName, 'Query the site and the platforms too')
            [CompletionResult]::new('--pages', '--pages', [CompletionResultType]::ParameterName, 'Check what the platforms read from the built pages, instead')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;plugin' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the plugins of the pipeline with their permissions, and those that it does not use')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Write a new plugin with its test')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Check that a plugin follows the protocol, and print a report')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;plugin;list' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;plugin;new' {
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'The language of the plugin')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'The kind of the plugin: `source` reads posts, `transform` changes or skips them, `sink` publishes them')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;plugin;test' {
            [CompletionResult]::new('--options', '--options', [CompletionResultType]::ParameterName, 'The options of the plugin, as a JSON object')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Maximum time without an answer, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;plugin;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the plugins of the pipeline with their permissions, and those that it does not use')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Write a new plugin with its test')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Check that a plugin follows the protocol, and print a report')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;plugin;help;list' {
            break
        }
        'syndicate;plugin;help;new' {
            break
        }
        'syndicate;plugin;help;test' {
            break
        }
        'syndicate;plugin;help;help' {
            break
        }
        'syndicate;schema' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;sandbox' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Port to listen on; 0 picks a free one')
            [CompletionResult]::new('--consent', '--consent', [CompletionResultType]::ParameterName, 'Response of a member to the consent page')
            [CompletionResult]::new('--fault', '--fault', [CompletionResultType]::ParameterName, 'Inject a fault such as `create:lost`; an unknown one lists all')
            [CompletionResult]::new('--daily-limit', '--daily-limit', [CompletionResultType]::ParameterName, 'Allow N requests per member and day; LinkedIn allows 150')
            [CompletionResult]::new('--media-delay', '--media-delay', [CompletionResultType]::ParameterName, 'Processing time of each upload, such as 90s or 5m')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--with-v2-shares', '--with-v2-shares', [CompletionResultType]::ParameterName, 'Accept the former API `/v2/shares` too')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Open the feed in the browser')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'syndicate;completions' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Change to DIR first; the paths of other options are relative to it')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Path of the pipeline [default: the nearest pipeline.yaml]')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print JSON on standard output')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Read nothing from the network; take feeds from the cache')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Log to standard error; `-vv` also logs HTTP requests')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'syndicate;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Set up a pipeline for the site in this folder')
            [CompletionResult]::new('items', 'items', [CompletionResultType]::ParameterValue, 'List the posts that the sources read, with the origin of each field')
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Show exactly what would be sent, and why the rest would not')
            [CompletionResult]::new('build', 'build', [CompletionResultType]::ParameterValue, 'Send new posts, each once')
            [CompletionResult]::new('watch', 'watch', [CompletionResultType]::ParameterValue, 'Send each post some time after it was saved, until stopped')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show the state of each post')
            [CompletionResult]::new('approve', 'approve', [CompletionResultType]::ParameterValue, 'Approve payloads for sending')
            [CompletionResult]::new('settle', 'settle', [CompletionResultType]::ParameterValue, 'Record an unknown outcome, or the former name of a renamed post')
            [CompletionResult]::new('adopt', 'adopt', [CompletionResultType]::ParameterValue, 'Record a post that is already on the platform')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Update sent posts to their current text, if the platform allows it')
            [CompletionResult]::new('retract', 'retract', [CompletionResultType]::ParameterValue, 'Delete a sent post from its platform')
            [CompletionResult]::new('auth', 'auth', [CompletionResultType]::ParameterValue, 'Sign in to a platform, show accounts, sign out')
            [CompletionResult]::new('ledger', 'ledger', [CompletionResultType]::ParameterValue, 'Move the ledger to another store, export it, import lines')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the links that pages contain about their posts')
            [CompletionResult]::new('card', 'card', [CompletionResultType]::ParameterValue, 'Draw the cards of posts without a picture')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check for problems that would make a run fail')
            [CompletionResult]::new('plugin', 'plugin', [CompletionResultType]::ParameterValue, 'List plugins that are other programs')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of pipeline.yaml, for editors')
            [CompletionResult]::new('sandbox', 'sandbox', [CompletionResultType]::ParameterValue, 'Run a local LinkedIn sandbox')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'syndicate;help;init' {
            break
        }
        'syndicate;help;items' {
            break
        }
        'syndicate;help;preview' {
            break
        }
        'syndicate;help;build' {
            break
        }
        'syndicate;help;watch' {
            break
        }
        'syndicate;help;status' {
            break
        }
        'syndicate;help;approve' {
            break
        }
        'syndicate;help;settle' {
            break
        }
        'syndicate;help;adopt' {
            break
        }
        'syndicate;help;update' {
            break
        }
        'syndicate;help;retract' {
            break
        }
        'syndicate;help;auth' {
            [CompletionResult]::new('login', 'login', [CompletionResultType]::ParameterValue, 'Sign in and store the token')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show accounts, scopes and expiry dates')
            [CompletionResult]::new('logout', 'logout', [CompletionResultType]::ParameterValue, 'Revoke the token and delete it')
            break
        }
        'syndicate;help;auth;login' {
            break
        }
        'syndicate;help;auth;status' {
            break
        }
        'syndicate;help;auth;logout' {
            break
        }
        'syndicate;help;ledger' {
            [CompletionResult]::new('move', 'move', [CompletionResultType]::ParameterValue, 'Move the ledger to another store, and name that store in pipeline.yaml')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Print the ledger''s events, one JSON object per line')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Append events that a run printed or `export` wrote')
            break
        }
        'syndicate;help;ledger;move' {
            break
        }
        'syndicate;help;ledger;export' {
            break
        }
        'syndicate;help;ledger;import' {
            break
        }
        'syndicate;help;export' {
            [CompletionResult]::new('links', 'links', [CompletionResultType]::ParameterValue, 'Write the addresses of sent posts, and the links that pages contain about their posts')
            break
        }
        'syndicate;help;export;links' {
            break
        }
        'syndicate;help;card' {
            [CompletionResult]::new('preview', 'preview', [CompletionResultType]::ParameterValue, 'Draw the card of a post into a file')
            [CompletionResult]::new('write', 'write', [CompletionResultType]::ParameterValue, 'Add the cards to the pages of the built site')
            break
        }
        'syndicate;help;card;preview' {
            break
        }
        'syndicate;help;card;write' {
            break
        }
        'syndicate;help;check' {
            break
        }
        'syndicate;help;plugin' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the plugins of the pipeline with their permissions, and those that it does not use')
            [CompletionResult]::new('new', 'new', [CompletionResultType]::ParameterValue, 'Write a new plugin with its test')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Check that a plugin follows the protocol, and print a report')
            break
        }
        'syndicate;help;plugin;list' {
            break
        }
        'syndicate;help;plugin;new' {
            break
        }
        'syndicate;help;plugin;test' {
            break
        }
        'syndicate;help;schema' {
            break
        }
        'syndicate;help;sandbox' {
            break
        }
        'syndicate;help;completions' {
            break
        }
        'syndicate;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
