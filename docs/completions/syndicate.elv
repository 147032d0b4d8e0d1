
use builtin;
use str;

set edit:completion:arg-completer[syndicate] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'syndicate'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'syndicate'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Set up a pipeline for the site in this folder'
            cand items 'List the posts that the sources read, with the origin of each field'
            cand preview 'Show exactly what would be sent, and why the rest would not'
            cand build 'Send new posts, each once'
            cand watch 'Send each post some time after it was saved, until stopped'
            cand status 'Show the state of each post'
            cand approve 'Approve payloads for sending'
            cand settle 'Record an unknown outcome, or the former name of a renamed post'
            cand adopt 'Record a post that is already on the platform'
            cand update 'Update sent posts to their current text, if the platform allows it'
            cand retract 'Delete a sent post from its platform'
            cand auth 'Sign in to a platform, show accounts, sign out'
            cand ledger 'Move the ledger to another store, export it, import lines'
            cand export 'Write the links that pages contain about their posts'
            cand card 'Draw the cards of posts without a picture'
            cand check 'Check for problems that would make a run fail'
            cand plugin 'List plugins that are other programs'
            cand schema 'Print the JSON Schema of pipeline.yaml, for editors'
            cand sandbox 'Run a local LinkedIn sandbox'
            cand completions 'Print a completion script for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;init'= {
            cand --ci 'Also write the CI configuration for this host'
            cand --deploy 'With --ci: where the site is deployed [default: pages, unless another workflow deploys it]'
            cand --build 'With --ci: the command that builds the site'
            cand --action 'With --ci: the commit of syndicate''s repository to install from [default: that of this release]'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --fresh 'Start a new ledger; keep the old one as `*.jsonl.old1`, or in the ref''s history'
            cand --print 'With --ci: print the configuration and write nothing'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;items'= {
            cand --explain 'Explain one file: is it a post, and which values can its fields have'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;preview'= {
            cand --only 'Show only this post (file or URL) or payload (hash); repeatable'
            cand --html 'Write the preview as an HTML page with its files into DIR'
            cand --format 'Show the result on a CI service too'
            cand --port 'With --serve: port to listen on; 0 picks a free one'
            cand --fail-on 'Fail also if deliveries wait or need a decision'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --all 'List also the posts that would not be sent'
            cand --sandbox 'Preview a sandbox build, without the ledger'
            cand --diff 'Show the changes since each post was sent or approved'
            cand --markdown 'Print a Markdown table, for a comment on a pull request'
            cand --comment 'With --markdown: write it as the comment on this run''s pull request'
            cand --serve 'Serve a local page to edit, approve, schedule, skip and send posts'
            cand --open 'With --serve: open the page in the browser'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;build'= {
            cand --only 'Send only this post (file or URL) or payload (hash); repeatable'
            cand --baseline 'Create the ledger with present posts known, or add NAME to it'
            cand --backfill 'Create the ledger with present posts new, or add NAME to it'
            cand --wait 'Wait at most this long for pages that are not live yet, such as 10m'
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand --format 'Show the result on a CI service too'
            cand --fail-on 'Fail also if deliveries wait or need a decision'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --failed 'Send only deliveries that failed before'
            cand --dry-run 'Show what would be sent, without sending it'
            cand --sandbox 'Send to a local LinkedIn sandbox, without account, secret or ledger'
            cand --open 'With --sandbox: open the feed in the browser and wait for Ctrl-C'
            cand --same-site 'Accept a ledger of the site''s former domain'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;watch'= {
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --sandbox 'Send to a local LinkedIn sandbox, without account, secret or ledger'
            cand --poll 'Check the files every 2 seconds instead of using system notifications'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;status'= {
            cand --since 'Show only events on or after this day, such as `2026-11-22`'
            cand --sink 'Show this sink only'
            cand --format 'Show the result on a CI service too'
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --all 'Show also posts that were recorded as known and never sent'
            cand --compact 'Compact the ledger first: remove lines that are no longer needed'
            cand --restore 'Append first the events of this machine that the ledger lacks'
            cand --forget 'Discard first the events of this machine that the ledger lacks'
            cand --reconcile 'Compare the ledger with the posts on the platforms'
            cand --yes 'With --reconcile: record the found posts'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;approve'= {
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --all 'Approve everything that would be sent'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;settle'= {
            cand --sent 'The post is on the platform, with this identifier or URL. Leave it out if the platform returns none, as Slack''s incoming webhooks and generic webhooks do'
            cand --same-as 'The post is the recorded post that had this file or URL'
            cand --sink 'Settle the attempt to this sink only'
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --not-sent 'The post is not on the platform'
            cand --skip-steps 'Do not send the steps again that failed after the post was created'
            cand --probe 'Repeat the same request and use the response as evidence'
            cand --renamed 'Match each renamed post with its only candidate'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;adopt'= {
            cand --sink 'The sink that published it; required if there is more than one'
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;update'= {
            cand --format 'Show the result on a CI service too'
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --all 'Update every sent post'
            cand --force 'Overwrite changes that were made on the platform'
            cand --dry-run 'Show what would be updated, without sending it'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;retract'= {
            cand --sink 'Retract from this sink only'
            cand --id 'Retract only the post with this identifier or URL on the platform'
            cand --format 'Show the result on a CI service too'
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --by-hand 'Record that you deleted the post on the platform yourself'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;auth'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
            cand login 'Sign in and store the token'
            cand status 'Show accounts, scopes and expiry dates'
            cand logout 'Revoke the token and delete it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;auth;login'= {
            cand --profile 'Name of the stored token [default: the sink''s `profile`]'
            cand --client-id 'Client ID of your app [default: the sink''s `client_id`]'
            cand --user 'Your name on the platform, if it asks for a password'
            cand --port 'Port of http://localhost:PORT/callback; 0 picks a free one'
            cand --redirect-uri 'Use another redirect URL, exactly as registered in the app'
            cand --scopes 'Request these scopes only'
            cand --timeout 'Wait at most this long for the sign-in'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --client-secret-stdin 'Read the client secret from the first line of standard input'
            cand --secret-stdin 'Read the password, key or token from the first line of standard input'
            cand --no-browser 'Print the address instead of opening a browser'
            cand --replace 'Replace the profile''s token, also by one of another account'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;auth;status'= {
            cand --profile 'Show this profile only'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;auth;logout'= {
            cand --profile 'Name of the stored token [default: the sink''s `profile`]'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;auth;help'= {
            cand login 'Sign in and store the token'
            cand status 'Show accounts, scopes and expiry dates'
            cand logout 'Revoke the token and delete it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;auth;help;login'= {
        }
        &'syndicate;auth;help;status'= {
        }
        &'syndicate;auth;help;logout'= {
        }
        &'syndicate;auth;help;help'= {
        }
        &'syndicate;ledger'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
            cand move 'Move the ledger to another store, and name that store in pipeline.yaml'
            cand export 'Print the ledger''s events, one JSON object per line'
            cand import 'Append events that a run printed or `export` wrote'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;ledger;move'= {
            cand --from 'The store to move from, if pipeline.yaml names the new one already'
            cand --ref 'The full name of the ref, such as `refs/syndicate/ledger`'
            cand --branch 'The branch that keeps only the ledger'
            cand --commit 'The branch in which the ledger is a file beside pipeline.yaml'
            cand --remote 'The name of the remote'
            cand --url 'The URL of the database, as in pipeline.yaml'
            cand --name 'The name of the ledger in the database'
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;ledger;export'= {
            cand --output 'Write the lines into FILE instead of standard output'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;ledger;import'= {
            cand --lock-timeout 'Wait at most this long for another run, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;ledger;help'= {
            cand move 'Move the ledger to another store, and name that store in pipeline.yaml'
            cand export 'Print the ledger''s events, one JSON object per line'
            cand import 'Append events that a run printed or `export` wrote'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;ledger;help;move'= {
        }
        &'syndicate;ledger;help;export'= {
        }
        &'syndicate;ledger;help;import'= {
        }
        &'syndicate;ledger;help;help'= {
        }
        &'syndicate;export'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
            cand links 'Write the addresses of sent posts, and the links that pages contain about their posts'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;export;links'= {
            cand --format 'Format of the data; by default that of the ending of FILE, else JSON'
            cand --output 'Write the data into FILE instead of standard output'
            cand --inject 'Add the links to the built pages in FOLDER, and write the files of the site there'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;export;help'= {
            cand links 'Write the addresses of sent posts, and the links that pages contain about their posts'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;export;help;links'= {
        }
        &'syndicate;export;help;help'= {
        }
        &'syndicate;card'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
            cand preview 'Draw the card of a post into a file'
            cand write 'Add the cards to the pages of the built site'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;card;preview'= {
            cand --output 'Write the picture into FILE instead of the folder of temporary files'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --open 'Show the picture'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;card;write'= {
            cand --output 'The folder of the built site'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;card;help'= {
            cand preview 'Draw the card of a post into a file'
            cand write 'Add the cards to the pages of the built site'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;card;help;preview'= {
        }
        &'syndicate;card;help;write'= {
        }
        &'syndicate;card;help;help'= {
        }
        &'syndicate;check'= {
            cand --format 'Show the result on a CI service too'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --online 'Query the site and the platforms too'
            cand --pages 'Check what the platforms read from the built pages, instead'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;plugin'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List the plugins of the pipeline with their permissions, and those that it does not use'
            cand new 'Write a new plugin with its test'
            cand test 'Check that a plugin follows the protocol, and print a report'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;plugin;list'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;plugin;new'= {
            cand --lang 'The language of the plugin'
            cand --kind 'The kind of the plugin: `source` reads posts, `transform` changes or skips them, `sink` publishes them'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;plugin;test'= {
            cand --options 'The options of the plugin, as a JSON object'
            cand --timeout 'Maximum time without an answer, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;plugin;help'= {
            cand list 'List the plugins of the pipeline with their permissions, and those that it does not use'
            cand new 'Write a new plugin with its test'
            cand test 'Check that a plugin follows the protocol, and print a report'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;plugin;help;list'= {
        }
        &'syndicate;plugin;help;new'= {
        }
        &'syndicate;plugin;help;test'= {
        }
        &'syndicate;plugin;help;help'= {
        }
        &'syndicate;schema'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;sandbox'= {
            cand --port 'Port to listen on; 0 picks a free one'
            cand --consent 'Response of a member to the consent page'
            cand --fault 'Inject a fault such as `create:lost`; an unknown one lists all'
            cand --daily-limit 'Allow N requests per member and day; LinkedIn allows 150'
            cand --media-delay 'Processing time of each upload, such as 90s or 5m'
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --with-v2-shares 'Accept the former API `/v2/shares` too'
            cand --open 'Open the feed in the browser'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;completions'= {
            cand -C 'Change to DIR first; the paths of other options are relative to it'
            cand --config 'Path of the pipeline [default: the nearest pipeline.yaml]'
            cand --json 'Print JSON on standard output'
            cand --offline 'Read nothing from the network; take feeds from the cache'
            cand -v 'Log to standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log to standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;help'= {
            cand init 'Set up a pipeline for the site in this folder'
            cand items 'List the posts that the sources read, with the origin of each field'
            cand preview 'Show exactly what would be sent, and why the rest would not'
            cand build 'Send new posts, each once'
            cand watch 'Send each post some time after it was saved, until stopped'
            cand status 'Show the state of each post'
            cand approve 'Approve payloads for sending'
            cand settle 'Record an unknown outcome, or the former name of a renamed post'
            cand adopt 'Record a post that is already on the platform'
            cand update 'Update sent posts to their current text, if the platform allows it'
            cand retract 'Delete a sent post from its platform'
            cand auth 'Sign in to a platform, show accounts, sign out'
            cand ledger 'Move the ledger to another store, export it, import lines'
            cand export 'Write the links that pages contain about their posts'
            cand card 'Draw the cards of posts without a picture'
            cand check 'Check for problems that would make a run fail'
            cand plugin 'List plugins that are other programs'
            cand schema 'Print the JSON Schema of pipeline.yaml, for editors'
            cand sandbox 'Run a local LinkedIn sandbox'
            cand completions 'Print a completion script for a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;help;init'= {
        }
        &'syndicate;help;items'= {
        }
        &'syndicate;help;preview'= {
        }
        &'syndicate;help;build'= {
        }
        &'syndicate;help;watch'= {
        }
        &'syndicate;help;status'= {
        }
        &'syndicate;help;approve'= {
        }
        &'syndicate;help;settle'= {
        }
        &'syndicate;help;adopt'= {
        }
        &'syndicate;help;update'= {
        }
        &'syndicate;help;retract'= {
        }
        &'syndicate;help;auth'= {
            cand login 'Sign in and store the token'
            cand status 'Show accounts, scopes and expiry dates'
            cand logout 'Revoke the token and delete it'
        }
        &'syndicate;help;auth;login'= {
        }
        &'syndicate;help;auth;status'= {
        }
        &'syndicate;help;auth;logout'= {
        }
        &'syndicate;help;ledger'= {
            cand move 'Move the ledger to another store, and name that store in pipeline.yaml'
            cand export 'Print the ledger''s events, one JSON object per line'
            cand import 'Append events that a run printed or `export` wrote'
        }
        &'syndicate;help;ledger;move'= {
        }
        &'syndicate;help;ledger;export'= {
        }
        &'syndicate;help;ledger;import'= {
        }
        &'syndicate;help;export'= {
            cand links 'Write the addresses of sent posts, and the links that pages contain about their posts'
        }
        &'syndicate;help;export;links'= {
        }
        &'syndicate;help;card'= {
            cand preview 'Draw the card of a post into a file'
            cand write 'Add the cards to the pages of the built site'
        }
        &'syndicate;help;card;preview'= {
        }
        &'syndicate;help;card;write'= {
        }
        &'syndicate;help;check'= {
        }
        &'syndicate;help;plugin'= {
            cand list 'List the plugins of the pipeline with their permissions, and those that it does not use'
            cand new 'Write a new plugin with its test'
            cand test 'Check that a plugin follows the protocol, and print a report'
        }
        &'syndicate;help;plugin;list'= {
        }
        &'syndicate;help;plugin;new'= {
        }
        &'syndicate;help;plugin;test'= {
        }
        &'syndicate;help;schema'= {
        }
        &'syndicate;help;sandbox'= {
        }
        &'syndicate;help;completions'= {
        }
        &'syndicate;help;help'= {
        }
    ]
    $completions[$command]
}
