
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
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
            cand -V 'Print version'
            cand --version 'Print version'
            cand init 'Set up a pipeline for the site in this folder'
            cand items 'List the posts that the sources read, and where each fact came from'
            cand preview 'Show what would be sent, exactly, and why the rest would not'
            cand build 'Send what is new, once'
            cand watch 'Send each post a while after it was saved, until you stop it'
            cand status 'Show what became of each post'
            cand approve 'Let payloads go out that you have looked at'
            cand settle 'Record the outcome of an attempt that got no clear answer, or which post a renamed one is'
            cand adopt 'Record that a post is out already, under an identifier or address of the platform'
            cand update 'Change posts that are out to what they say now, as far as their platform allows'
            cand retract 'Take a post back from where it is out'
            cand auth 'Sign in at a platform, see who is signed in, sign out'
            cand check 'Look for anything that would keep a run from working'
            cand schema 'Print the JSON Schema of pipeline.yaml, for editors'
            cand sandbox 'Run a LinkedIn on this machine, to rehearse with'
            cand completions 'Print the completions of a shell'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;init'= {
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --fresh 'Begin a new ledger and keep the present one as `syndicate.ledger.jsonl.old1`; posts that were sent before count as unsent'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;items'= {
            cand --explain 'Explain one file: whether it is a post, every value that its fields could have, and why'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;preview'= {
            cand --only 'Only this post (file or address) or payload (hash); may be repeated'
            cand --html 'Write a page into DIR, with all that it needs; relative to the folder of -C'
            cand --port 'With --serve: the port to listen on; 0 takes any that is free'
            cand --fail-on 'Also fail when deliveries wait or ask'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --all 'List the posts that would not be sent, too'
            cand --sandbox 'Preview what the sandbox would get: no ledger is read'
            cand --diff 'Show what has changed since a post was sent or approved'
            cand --markdown 'Print a table in Markdown, for a comment on a pull request'
            cand --serve 'Show it as a page on this machine, where one can edit, approve, schedule, skip and send'
            cand --open 'With --serve: open the page in the browser'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;build'= {
            cand --only 'Only this post (file or address) or payload (hash); may be repeated'
            cand --baseline 'Make the ledger and take every present post as known, or, with NAME, do so for that source or sink'
            cand --backfill 'Make the ledger and take every present post as new, or, with NAME, do so for that source or sink'
            cand --wait 'How long to wait for pages that are not live yet, such as 10m'
            cand --lock-timeout 'How many seconds to wait for another run'
            cand --fail-on 'Also fail when deliveries wait or ask'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --failed 'Only what failed before'
            cand --dry-run 'Say what would be done, and do nothing'
            cand --sandbox 'Post to a LinkedIn on this machine; no account, no secret, no ledger'
            cand --open 'With --sandbox: leave its feed open in the browser until Ctrl-C'
            cand --same-site 'Accept the ledger of the site''s former domain'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;watch'= {
            cand --lock-timeout 'How many seconds to wait for another run'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --sandbox 'Post to a LinkedIn on this machine; no account, no secret, no ledger'
            cand --poll 'Look at the files every few seconds instead of trusting what the system tells of them'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;status'= {
            cand --since 'Only what happened on this day or later, as `2026-11-22`'
            cand --sink 'Only this sink'
            cand --lock-timeout 'With --compact, --restore and --forget: how many seconds to wait for another run'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --all 'Also the posts that were only taken as known'
            cand --compact 'First write the ledger anew, without the lines that tell nothing any more'
            cand --restore 'First append to the ledger what this machine has recorded and the ledger lacks'
            cand --forget 'First discard what this machine has recorded and the ledger lacks'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;approve'= {
            cand --lock-timeout 'How many seconds to wait for another run'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --all 'Everything that would be sent'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;settle'= {
            cand --sent 'It is there, under this identifier or address of the platform'
            cand --same-as 'It is the post on record that had this file or address'
            cand --sink 'Only the attempt to this sink'
            cand --lock-timeout 'How many seconds to wait for another run'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --not-sent 'It is not there'
            cand --probe 'Repeat the very same request and take the answer as proof'
            cand --renamed 'Record each renamed post as the one post on record that it may be'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;adopt'= {
            cand --sink 'The sink whose platform has it; needed where there are several'
            cand --lock-timeout 'How many seconds to wait for another run'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;update'= {
            cand --lock-timeout 'How many seconds to wait for another run'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --all 'Every post that is out'
            cand --dry-run 'Say what would be changed, and change nothing'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;retract'= {
            cand --sink 'Only from this sink'
            cand --id 'Only the post with this identifier or address on the platform, where several are out'
            cand --lock-timeout 'How many seconds to wait for another run'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --by-hand 'It was deleted on the platform itself; only put that on record'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;auth'= {
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
            cand login 'Sign in with the browser, and keep the token'
            cand status 'Show who is signed in, for what and until when'
            cand logout 'Give the token back, and forget it'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'syndicate;auth;login'= {
            cand --profile 'The name that the token is kept under; the sink''s `profile` by default'
            cand --client-id 'The client ID of your app; the sink''s `client_id` by default, `LINKEDIN_CLIENT_ID`'
            cand --port 'The port of http://localhost:PORT/callback, the redirect address; 0 takes any that is free'
            cand --redirect-uri 'Another redirect address, as it is registered in the app'
            cand --scopes 'Ask for these scopes and no others'
            cand --timeout 'How long to wait for the answer'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --client-secret-stdin 'Read the client secret from the first line of standard input'
            cand --no-browser 'Open no browser; print the address'
            cand --replace 'Sign in as somebody else than before under this profile'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;auth;status'= {
            cand --profile 'Only this profile'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;auth;logout'= {
            cand --profile 'The name that the token is kept under; the sink''s `profile` by default'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;auth;help'= {
            cand login 'Sign in with the browser, and keep the token'
            cand status 'Show who is signed in, for what and until when'
            cand logout 'Give the token back, and forget it'
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
        &'syndicate;check'= {
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --online 'Ask the site and the platforms too'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;schema'= {
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;sandbox'= {
            cand --port 'The port to listen on; 0 takes any that is free'
            cand --consent 'How a member answers when an app asks to sign in'
            cand --fault 'Let something go wrong, such as `create:lost` or `upload:503x2`; an unknown one lists them all'
            cand --daily-limit 'Refuse each member''s requests after the first N of a day; LinkedIn grants 150'
            cand --media-delay 'Take so long to process each upload'
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --with-v2-shares 'Bring the `/v2/shares` of 2019 back'
            cand --open 'Open the feed in the browser'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'syndicate;completions'= {
            cand -C 'Run as if started in DIR: paths of other options are relative to it'
            cand --config 'The pipeline''s file, if not `pipeline.yaml` here or in a folder above'
            cand --json 'Print JSON on standard output, for programs'
            cand --offline 'Read nothing from the network: feeds are as they were last read'
            cand -v 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand --verbose 'Log what is done on standard error; `-vv` also logs HTTP requests'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'syndicate;help'= {
            cand init 'Set up a pipeline for the site in this folder'
            cand items 'List the posts that the sources read, and where each fact came from'
            cand preview 'Show what would be sent, exactly, and why the rest would not'
            cand build 'Send what is new, once'
            cand watch 'Send each post a while after it was saved, until you stop it'
            cand status 'Show what became of each post'
            cand approve 'Let payloads go out that you have looked at'
            cand settle 'Record the outcome of an attempt that got no clear answer, or which post a renamed one is'
            cand adopt 'Record that a post is out already, under an identifier or address of the platform'
            cand update 'Change posts that are out to what they say now, as far as their platform allows'
            cand retract 'Take a post back from where it is out'
            cand auth 'Sign in at a platform, see who is signed in, sign out'
            cand check 'Look for anything that would keep a run from working'
            cand schema 'Print the JSON Schema of pipeline.yaml, for editors'
            cand sandbox 'Run a LinkedIn on this machine, to rehearse with'
            cand completions 'Print the completions of a shell'
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
            cand login 'Sign in with the browser, and keep the token'
            cand status 'Show who is signed in, for what and until when'
            cand logout 'Give the token back, and forget it'
        }
        &'syndicate;help;auth;login'= {
        }
        &'syndicate;help;auth;status'= {
        }
        &'syndicate;help;auth;logout'= {
        }
        &'syndicate;help;check'= {
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
