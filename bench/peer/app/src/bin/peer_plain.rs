//! One request with the HTTP stack that the SDK sets up, and nothing else: what is subtracted from a program's size.

#[tokio::main]
async fn main() -> reqwest::Result<()> {
    let client = reqwest::Client::builder()
        .https_only(true)
        .http2_prior_knowledge()
        .build()?;
    let request = client.post("https://api.dropboxapi.com/2/files/list_folder");
    println!("{:?}", request.body("{}").send().await?.text().await);
    Ok(())
}
