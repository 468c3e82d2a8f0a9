//! Calls sixty routes of ten namespaces and prints what comes back.

use std::sync::Arc;

use dropbox_sdk::async_routes::{
    account, auth, contacts, file_properties, file_requests, files, sharing, team, team_log, users,
};
use dropbox_sdk::default_async_client::{TeamAuthDefaultClient, UserAuthDefaultClient};
use dropbox_sdk::oauth2::{Authorization, TokenCache};

#[tokio::main]
async fn main() {
    let token = std::env::var("TOKEN").unwrap_or_default();
    #[allow(deprecated)]
    let authorization = Authorization::from_long_lived_access_token(token);
    let user = UserAuthDefaultClient::new(authorization.clone());
    let team = TeamAuthDefaultClient::new(Arc::new(TokenCache::new(authorization)));
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

async fn call_account(client: &UserAuthDefaultClient) {
    println!(
        "{:?}",
        account::delete_profile_photo(client, &account::DeleteProfilePhotoArg::default()).await
    );
}

async fn call_auth(client: &UserAuthDefaultClient) {
    println!("{:?}", auth::token_revoke(client).await);
}

async fn call_contacts(client: &UserAuthDefaultClient) {
    println!("{:?}", contacts::delete_manual_contacts(client).await);
}

async fn call_file_properties(client: &UserAuthDefaultClient) {
    println!(
        "{:?}",
        file_properties::properties_search_continue(
            client,
            &file_properties::PropertiesSearchContinueArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        file_properties::templates_get_for_user(
            client,
            &file_properties::GetTemplateArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        file_properties::templates_list_for_user(client).await
    );
    println!(
        "{:?}",
        file_properties::templates_remove_for_user(
            client,
            &file_properties::RemoveTemplateArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        file_properties::templates_update_for_user(
            client,
            &file_properties::UpdateTemplateArg::new("x".to_owned())
        )
        .await
    );
}

async fn call_file_requests(client: &UserAuthDefaultClient) {
    println!("{:?}", file_requests::count(client).await);
    println!(
        "{:?}",
        file_requests::create(
            client,
            &file_requests::CreateFileRequestArgs::new("x".to_owned(), "x".to_owned())
        )
        .await
    );
    println!("{:?}", file_requests::delete_all_closed(client).await);
    println!(
        "{:?}",
        file_requests::get(
            client,
            &file_requests::GetFileRequestArgs::new("x".to_owned())
        )
        .await
    );
    println!("{:?}", file_requests::list(client).await);
    println!(
        "{:?}",
        file_requests::list_v2(client, &file_requests::ListFileRequestsArg::default()).await
    );
    println!(
        "{:?}",
        file_requests::list_continue(
            client,
            &file_requests::ListFileRequestsContinueArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        file_requests::update(
            client,
            &file_requests::UpdateFileRequestArgs::new("x".to_owned())
        )
        .await
    );
}

async fn call_files(client: &UserAuthDefaultClient) {
    println!(
        "{:?}",
        files::copy_v2(
            client,
            &files::RelocationArg::new("x".to_owned(), "x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        files::create_folder_v2(client, &files::CreateFolderArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        files::delete_v2(client, &files::DeleteArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        files::get_metadata(client, &files::GetMetadataArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        files::get_temporary_link(client, &files::GetTemporaryLinkArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        files::list_folder(client, &files::ListFolderArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        files::list_folder_continue(client, &files::ListFolderContinueArg::new("x".to_owned()))
            .await
    );
    println!(
        "{:?}",
        files::list_folder_get_latest_cursor(client, &files::ListFolderArg::new("x".to_owned()))
            .await
    );
    println!(
        "{:?}",
        files::list_revisions(client, &files::ListRevisionsArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        files::move_v2(
            client,
            &files::RelocationArg::new("x".to_owned(), "x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        files::permanently_delete(client, &files::DeleteArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        files::restore(
            client,
            &files::RestoreArg::new("x".to_owned(), "x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        files::save_url(
            client,
            &files::SaveUrlArg::new("x".to_owned(), "x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        files::search_v2(client, &files::SearchV2Arg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        files::search_continue_v2(client, &files::SearchV2ContinueArg::new("x".to_owned())).await
    );
}

async fn call_sharing(client: &UserAuthDefaultClient) {
    println!(
        "{:?}",
        sharing::create_shared_link_with_settings(
            client,
            &sharing::CreateSharedLinkWithSettingsArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        sharing::get_file_metadata(client, &sharing::GetFileMetadataArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        sharing::get_folder_metadata(client, &sharing::GetMetadataArgs::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        sharing::get_shared_link_metadata(
            client,
            &sharing::GetSharedLinkMetadataArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        sharing::list_file_members(client, &sharing::ListFileMembersArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        sharing::list_file_members_continue(
            client,
            &sharing::ListFileMembersContinueArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        sharing::list_folder_members(client, &sharing::ListFolderMembersArgs::new("x".to_owned()))
            .await
    );
    println!(
        "{:?}",
        sharing::list_folder_members_continue(
            client,
            &sharing::ListFolderMembersContinueArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        sharing::list_folders(client, &sharing::ListFoldersArgs::default()).await
    );
    println!(
        "{:?}",
        sharing::list_folders_continue(
            client,
            &sharing::ListFoldersContinueArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        sharing::list_mountable_folders(client, &sharing::ListFoldersArgs::default()).await
    );
    println!(
        "{:?}",
        sharing::list_mountable_folders_continue(
            client,
            &sharing::ListFoldersContinueArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        sharing::list_received_files(client, &sharing::ListFilesArg::default()).await
    );
    println!(
        "{:?}",
        sharing::list_received_files_continue(
            client,
            &sharing::ListFilesContinueArg::new("x".to_owned())
        )
        .await
    );
}

async fn call_team(client: &TeamAuthDefaultClient) {
    println!(
        "{:?}",
        team::devices_list_member_devices(client, &team::ListMemberDevicesArg::new("x".to_owned()))
            .await
    );
    println!(
        "{:?}",
        team::devices_list_members_devices(client, &team::ListMembersDevicesArg::default()).await
    );
    println!("{:?}", team::get_info(client).await);
    println!(
        "{:?}",
        team::groups_create(client, &team::GroupCreateArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        team::groups_list(client, &team::GroupsListArg::default()).await
    );
    println!(
        "{:?}",
        team::groups_list_continue(client, &team::GroupsListContinueArg::new("x".to_owned())).await
    );
    println!(
        "{:?}",
        team::groups_members_list_continue(
            client,
            &team::GroupsMembersListContinueArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        team::legal_holds_get_policy(client, &team::LegalHoldsGetPolicyArg::new("x".to_owned()))
            .await
    );
    println!(
        "{:?}",
        team::legal_holds_list_held_revisions(
            client,
            &team::LegalHoldsListHeldRevisionsArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        team::legal_holds_list_held_revisions_continue(
            client,
            &team::LegalHoldsListHeldRevisionsContinueArg::new("x".to_owned())
        )
        .await
    );
    println!(
        "{:?}",
        team::members_list_v2(client, &team::MembersListArg::default()).await
    );
}

async fn call_team_log(client: &TeamAuthDefaultClient) {
    println!(
        "{:?}",
        team_log::get_events(client, &team_log::GetTeamEventsArg::default()).await
    );
}

async fn call_users(client: &UserAuthDefaultClient) {
    println!(
        "{:?}",
        users::get_account(client, &users::GetAccountArg::new("x".to_owned())).await
    );
    println!("{:?}", users::get_current_account(client).await);
    println!("{:?}", users::get_space_usage(client).await);
}
