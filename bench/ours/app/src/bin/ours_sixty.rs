//! Calls sixty routes of ten namespaces and prints what comes back.

use generated_sdk::{AccessToken, TeamClient, UserClient};
use generated_sdk::{file_properties, file_requests, files, sharing, team, users};

#[tokio::main]
async fn main() {
    let token = std::env::var("TOKEN").unwrap_or_default();
    let user = UserClient::new(AccessToken::new(token.clone()));
    let team = TeamClient::new(AccessToken::new(token));
    call_account(&user).await;
    call_auth(&user).await;
    call_contacts(&user).await;
    call_file_properties(&user).await;
    call_file_requests(&user).await;
    call_files(&user).await;
    call_sharing(&user).await;
    call_team(&team).await;
    call_team_log(&team).await;
    call_users(&user).await;
}

async fn call_account(client: &UserClient) {
    let account = client.account();
    println!("{:?}", account.delete_profile_photo(()).await);
}

async fn call_auth(client: &UserClient) {
    let auth = client.auth();
    println!("{:?}", auth.token_revoke().await);
}

async fn call_contacts(client: &UserClient) {
    let contacts = client.contacts();
    println!("{:?}", contacts.delete_manual_contacts().await);
}

async fn call_file_properties(client: &UserClient) {
    let file_properties = client.file_properties();
    println!(
        "{:?}",
        file_properties
            .properties_search_continue(file_properties::PropertiesSearchContinueArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        file_properties
            .templates_get_for_user(file_properties::GetTemplateArg::new("x"))
            .await
    );
    println!("{:?}", file_properties.templates_list_for_user().await);
    println!(
        "{:?}",
        file_properties
            .templates_remove_for_user(file_properties::RemoveTemplateArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        file_properties
            .templates_update_for_user(file_properties::UpdateTemplateArg::new("x"))
            .await
    );
}

async fn call_file_requests(client: &UserClient) {
    let file_requests = client.file_requests();
    println!("{:?}", file_requests.count().await);
    println!(
        "{:?}",
        file_requests
            .create(file_requests::CreateFileRequestArgs::new("x", "x"))
            .await
    );
    println!("{:?}", file_requests.delete_all_closed().await);
    println!(
        "{:?}",
        file_requests
            .get(file_requests::GetFileRequestArgs::new("x"))
            .await
    );
    println!("{:?}", file_requests.list().await);
    println!("{:?}", file_requests.list_v2(()).await);
    println!(
        "{:?}",
        file_requests
            .list_continue(file_requests::ListFileRequestsContinueArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        file_requests
            .update(file_requests::UpdateFileRequestArgs::new("x"))
            .await
    );
}

async fn call_files(client: &UserClient) {
    let files = client.files();
    println!(
        "{:?}",
        files.copy_v2(files::RelocationArg::new("x", "x")).await
    );
    println!(
        "{:?}",
        files
            .create_folder_v2(files::CreateFolderArg::new("x"))
            .await
    );
    println!("{:?}", files.delete_v2(files::DeleteArg::new("x")).await);
    println!(
        "{:?}",
        files.get_metadata(files::GetMetadataArg::new("x")).await
    );
    println!(
        "{:?}",
        files
            .get_temporary_link(files::GetTemporaryLinkArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        files.list_folder(files::ListFolderArg::new("x")).await
    );
    println!(
        "{:?}",
        files
            .list_folder_continue(files::ListFolderContinueArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        files
            .list_folder_get_latest_cursor(files::ListFolderArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        files
            .list_revisions(files::ListRevisionsArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        files.move_v2(files::RelocationArg::new("x", "x")).await
    );
    println!(
        "{:?}",
        files.permanently_delete(files::DeleteArg::new("x")).await
    );
    println!(
        "{:?}",
        files.restore(files::RestoreArg::new("x", "x")).await
    );
    println!(
        "{:?}",
        files.save_url(files::SaveUrlArg::new("x", "x")).await
    );
    println!("{:?}", files.search_v2(files::SearchV2Arg::new("x")).await);
    println!(
        "{:?}",
        files
            .search_continue_v2(files::SearchV2ContinueArg::new("x"))
            .await
    );
}

async fn call_sharing(client: &UserClient) {
    let sharing = client.sharing();
    println!(
        "{:?}",
        sharing
            .create_shared_link_with_settings(sharing::CreateSharedLinkWithSettingsArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        sharing
            .get_file_metadata(sharing::GetFileMetadataArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        sharing
            .get_folder_metadata(sharing::GetMetadataArgs::new("x"))
            .await
    );
    println!(
        "{:?}",
        sharing
            .get_shared_link_metadata(sharing::GetSharedLinkMetadataArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        sharing
            .list_file_members(sharing::ListFileMembersArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        sharing
            .list_file_members_continue(sharing::ListFileMembersContinueArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        sharing
            .list_folder_members(sharing::ListFolderMembersArgs::new("x"))
            .await
    );
    println!(
        "{:?}",
        sharing
            .list_folder_members_continue(sharing::ListFolderMembersContinueArg::new("x"))
            .await
    );
    println!("{:?}", sharing.list_folders(()).await);
    println!(
        "{:?}",
        sharing
            .list_folders_continue(sharing::ListFoldersContinueArg::new("x"))
            .await
    );
    println!("{:?}", sharing.list_mountable_folders(()).await);
    println!(
        "{:?}",
        sharing
            .list_mountable_folders_continue(sharing::ListFoldersContinueArg::new("x"))
            .await
    );
    println!("{:?}", sharing.list_received_files(()).await);
    println!(
        "{:?}",
        sharing
            .list_received_files_continue(sharing::ListFilesContinueArg::new("x"))
            .await
    );
}

async fn call_team(client: &TeamClient) {
    let team = client.team();
    println!(
        "{:?}",
        team.devices_list_member_devices(team::ListMemberDevicesArg::new("x"))
            .await
    );
    println!("{:?}", team.devices_list_members_devices(()).await);
    println!("{:?}", team.get_info().await);
    println!(
        "{:?}",
        team.groups_create(team::GroupCreateArg::new("x")).await
    );
    println!("{:?}", team.groups_list(()).await);
    println!(
        "{:?}",
        team.groups_list_continue(team::GroupsListContinueArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        team.groups_members_list_continue(team::GroupsMembersListContinueArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        team.legal_holds_get_policy(team::LegalHoldsGetPolicyArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        team.legal_holds_list_held_revisions(team::LegalHoldsListHeldRevisionsArg::new("x"))
            .await
    );
    println!(
        "{:?}",
        team.legal_holds_list_held_revisions_continue(
            team::LegalHoldsListHeldRevisionsContinueArg::new("x")
        )
        .await
    );
    println!("{:?}", team.members_list_v2(()).await);
}

async fn call_team_log(client: &TeamClient) {
    let team_log = client.team_log();
    println!("{:?}", team_log.get_events(()).await);
}

async fn call_users(client: &UserClient) {
    let users = client.users();
    println!(
        "{:?}",
        users.get_account(users::GetAccountArg::new("x")).await
    );
    println!("{:?}", users.get_current_account().await);
    println!("{:?}", users.get_space_usage().await);
}
