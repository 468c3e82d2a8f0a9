//! Lists the members of a team, then acts as one of them to list a folder of theirs.
//!
//! ```text
//! DROPBOX_TEAM_TOKEN=… cargo run --example team_member_files -- [MEMBER_EMAIL] [FOLDER]
//! ```
//!
//! The token needs the scopes `members.read`, `team_data.member` and `files.metadata.read`. Without an address the
//! first active member is taken; without a folder, the top one. `DROPBOX_API_URL` replaces `https://api.dropboxapi.com`,
//! for example by the address of a server for tests.

use std::env;
use std::process::ExitCode;

use generated_sdk::files::{ListFolderArg, ListFolderError, Metadata};
use generated_sdk::team::{MembersListArg, TeamMemberInfoV2, TeamMemberStatus};
use generated_sdk::{AccessToken, BaseUrls, Error, FailureKind, TeamClient, UserClient};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let mut args = env::args().skip(1);
    let (email, folder) = (args.next(), args.next().unwrap_or_default());
    let team = client()?;

    let members = members(&team).await?;
    println!("{} members", members.len());
    let member = choose(&members, email.as_deref())?;
    println!(
        "{} has in {:?}:",
        member.profile.email,
        if folder.is_empty() { "/" } else { &folder }
    );

    let user = team.as_user(member.profile.team_member_id.as_str());
    list(&user, &folder).await
}

fn client() -> Result<TeamClient, String> {
    let token = env::var("DROPBOX_TEAM_TOKEN")
        .map_err(|_| "set DROPBOX_TEAM_TOKEN to an access token of a team app".to_owned())?;
    let mut urls = BaseUrls::default();
    if let Ok(url) = env::var("DROPBOX_API_URL") {
        urls = urls.api(url);
    }
    TeamClient::builder()
        .credential(AccessToken::new(token))
        .base_urls(urls)
        .build()
        .map_err(|error| format!("the client cannot be made: {error}"))
}

/// All members, page by page.
async fn members(team: &TeamClient) -> Result<Vec<TeamMemberInfoV2>, String> {
    let mut page = team
        .team()
        .members_list_v2(MembersListArg::new())
        .await
        .map_err(explain)?;
    let mut members = page.members;
    while page.has_more {
        page = team
            .team()
            .members_list_continue_v2(page.cursor.as_str())
            .await
            .map_err(explain)?;
        members.append(&mut page.members);
    }
    Ok(members)
}

fn choose<'a>(
    members: &'a [TeamMemberInfoV2],
    email: Option<&str>,
) -> Result<&'a TeamMemberInfoV2, String> {
    let active =
        |member: &&TeamMemberInfoV2| matches!(member.profile.status, TeamMemberStatus::Active);
    match email {
        Some(email) => members
            .iter()
            .find(|member| member.profile.email.eq_ignore_ascii_case(email))
            .ok_or_else(|| format!("no member of the team has the address {email}")),
        None => members
            .iter()
            .find(active)
            .ok_or_else(|| "the team has no active member".to_owned()),
    }
}

async fn list(user: &UserClient, folder: &str) -> Result<(), String> {
    let mut page = match user.files().list_folder(ListFolderArg::new(folder)).await {
        Ok(page) => page,
        Err(Error::Api(error)) => {
            return Err(match &error.error {
                ListFolderError::Path(reason) => {
                    format!("Dropbox cannot list {folder:?}: {reason:?}")
                }
                _ => format!("Dropbox cannot list {folder:?}: {}", error.summary()),
            });
        }
        Err(error) => return Err(explain(error)),
    };
    loop {
        page.entries.iter().for_each(print);
        if !page.has_more {
            return Ok(());
        }
        page = user
            .files()
            .list_folder_continue(page.cursor.as_str())
            .await
            .map_err(explain)?;
    }
}

fn print(entry: &Metadata) {
    match entry {
        Metadata::File(file) => println!("{:>12}  {}", file.size, file.name),
        Metadata::Folder(folder) => println!("{:>12}  {}/", "", folder.name),
        Metadata::Deleted(deleted) => println!("{:>12}  {} (deleted)", "", deleted.name),
    }
}

/// What went wrong and what can be done, in a line for the person at the keyboard.
fn explain<E: std::fmt::Debug>(error: Error<E>) -> String {
    let advice = match &error {
        Error::Failed(failure) => match failure.kind() {
            FailureKind::Auth => "check that the token is that of a team app, and still valid",
            FailureKind::Access => "the app or the team may not do this",
            FailureKind::RateLimited => "wait, then try again",
            FailureKind::Server | FailureKind::Transport | FailureKind::Timeout => {
                "try again later"
            }
            FailureKind::InvalidArgument | FailureKind::BadInput => "check the arguments",
            _ => "this should not happen; please report it",
        },
        _ => "Dropbox refused the call",
    };
    format!("{error} ({advice})")
}
