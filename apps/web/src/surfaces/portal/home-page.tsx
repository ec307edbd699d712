export function HomePage() {
  return <h1>Một Cửa</h1>
}
